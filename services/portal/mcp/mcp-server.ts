import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';

import { contractVersion } from '../../../schema/sdl/contract-version.js';
import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient, GatewayResponse, JsonObject, Sender } from '../gateway/gateway-client.js';
import { codeOf } from '../gateway/gateway-error.js';
import { findMissing } from '../lists/read-list.js';
import { readOperation, type StoredOperation } from '../operations/stored-operations.js';
import { readInputTypes, toInputSchema } from './input-schema.js';

const instructions = `Public administrations of several countries, the IT solutions that they share, and who uses and maintains them. Every
fact names its source: quote it. What is null or listed as missing is not known, and does not mean no.`;

interface Tool {
  readonly operation: StoredOperation;
  readonly input: z.ZodObject<Record<string, z.ZodType>>;
}

/** Creates what serves one request: a server with a tool for each operation, on whose behalf operations are sent. */
export function createMcpServers(
  gateway: GatewayClient,
  operations: readonly StoredOperation[],
): (sender: Sender) => McpServer {
  const types = readInputTypes();
  const tools: readonly Tool[] = operations.map((operation) => ({
    operation,
    input: toInputSchema(operation.variables, types, operation.exampleVariables),
  }));
  const countries = readOperation('countries');
  return (sender) => {
    const server = new McpServer({ name: 'reuse-graph', version: contractVersion }, { instructions });
    for (const { operation, input } of tools)
      server.registerTool(
        operation.name,
        {
          description: operation.description,
          inputSchema: input,
          annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
        },
        (variables) => callTool(gateway, { query: operation.query, variables }, sender),
      );
    server.registerResource(
      'countries',
      'reuse-graph://countries',
      {
        description: 'The countries of the graph: their catalogues, and how up to date the index is for each.',
        mimeType: 'application/json',
      },
      async ({ href }) => {
        const text = JSON.stringify(toResult(await gateway.execute({ query: countries }, sender)));
        return { contents: [{ uri: href, mimeType: 'application/json', text }] };
      },
    );
    return server;
  };
}

async function callTool(
  gateway: GatewayClient,
  operation: { readonly query: string; readonly variables: JsonObject },
  sender: Sender,
): Promise<CallToolResult> {
  try {
    const result = toResult(await gateway.execute(operation, sender));
    return { content: [{ type: 'text', text: JSON.stringify(result) }], structuredContent: { ...result } };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    // A result has no headers.
    const [name, value] = error.headers;
    const after = name === 'retry-after' ? ` Retry-After: ${value ?? ''}` : '';
    return { isError: true, content: [{ type: 'text', text: `${error.code}: ${error.message}${after}` }] };
  }
}

/** What an assistant gets: the data, the sources that it names, and what is missing from it. */
const toResult = (response: GatewayResponse) => ({
  data: response.data,
  sources: [...new Set(findSources(response.data))],
  missing: Object.fromEntries(findMissing(response)),
  errors: response.errors.map((error) => ({
    path: error.path?.join('.') ?? '',
    code: codeOf(error),
    message: error.message,
  })),
});

/** The addresses in all fields called `source`. */
const findSources = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(findSources);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'source' && typeof inner === 'string' ? [inner] : findSources(inner),
  );
};
