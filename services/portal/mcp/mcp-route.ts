import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Request } from 'express';

import { HttpError } from '../../kit/http-error.js';
import { parseJson, readBody } from '../../kit/http/read-body.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import type { Route } from '../http/route.js';
import type { StoredOperation } from '../operations/stored-operations.js';
import { createMcpServers } from './mcp-server.js';

export interface McpOptions {
  readonly gateway: GatewayClient;
  readonly operations: readonly StoredOperation[];
  /** The address at which clients reach the portal. */
  readonly publicUrl: () => string;
}

/** The names of this machine. */
const localHosts = ['localhost', '127.0.0.1', '[::1]'];

/** MCP by streamable HTTP: stateless, so that any process can serve any request, and read-only. */
export function mcpRoute({ gateway, operations, publicUrl }: McpOptions): Route {
  const createServer = createMcpServers(gateway, operations);
  return {
    path: '/mcp',
    post: async (request, response, sender) => {
      checkNames(request, new URL(publicUrl()).hostname);
      const body = parseJson(await readBody(request, sender.client), 'a message of JSON-RPC 2.0');
      await sender.takeTurn();
      const server = createServer(sender);
      // Without a session, each request is one of a new client.
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      response.once('close', () => void server.close());
      await server.connect(transport);
      await transport.handleRequest(request, response, body);
    },
  };
}

/**
 * A page that a browser shows must not reach a portal on the same machine under another name (DNS rebinding), as the specification of
 * MCP requires.
 *
 * @throws HttpError with status 403 if the request is for another host, or from a page of another.
 */
function checkNames({ headers }: Request, publicHost: string): void {
  const allowed = [...new Set([publicHost, ...localHosts])];
  const hosts = [`http://${headers.host ?? ''}`, ...(headers.origin === undefined ? [] : [headers.origin])];
  const wrong = hosts.find((host) => !allowed.includes(hostnameOf(host)));
  if (wrong !== undefined)
    throw new HttpError(
      `Requests have to be for one of these hosts, and from pages of them: ${allowed.join(', ')}. The operator sets PORTAL_PUBLIC_URL.`,
      { status: 403, code: 'HOST_NOT_ALLOWED' },
    );
}

function hostnameOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
