import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { countries, europe } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type GatewayOptions, startGateway } from '../gateway.js';
import { testGatewaySettings } from './gateway-settings.js';
import { sharePlanner } from './shared-planner.js';
import { unknownVersions } from './unknown-versions.js';

/** A request of the gateway to a subgraph. */
interface SubgraphQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How a fake subgraph responds. */
export type Respond = (response: ServerResponse, query: SubgraphQuery) => void;

/** Responds with a body: a value as JSON, a text as it is. */
export const respond =
  (body: unknown, status = 200, type: string | null = 'application/json'): Respond =>
  (response) => {
    if (type !== null) response.setHeader('content-type', type);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** A server that responds as a test configures. */
export interface FakeSubgraph {
  readonly url: string;
  /** The requests since the test last emptied the list. */
  readonly requests: SubgraphQuery[];
  readonly respondWith: (reply: Respond) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a fake subgraph, which responds with an error until `respondWith` is called. */
export async function startFakeSubgraph(): Promise<FakeSubgraph> {
  const requests: SubgraphQuery[] = [];
  let reply: Respond = respond({ data: null, errors: [{ message: 'nothing was prepared' }] });
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const query = JSON.parse(body) as SubgraphQuery;
      requests.push(query);
      reply(response, query);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph`,
    requests,
    respondWith: (next) => {
      reply = next;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A response to a client of the gateway. */
interface ClientResponse {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: unknown; readonly extensions?: unknown }[];
}

/** A gateway with fake subgraphs. */
export interface FakeGraph {
  readonly origin: string;
  readonly subgraphs: Readonly<Record<string, FakeSubgraph>>;
  /** Sends a query and returns the response without `extensions`. */
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<ClientResponse>;
  readonly stop: () => Promise<void>;
}

/** Starts the gateway over the committed supergraph, with a fake for each subgraph. */
export async function startFakeGraph(timeoutMs = 5_000): Promise<FakeGraph> {
  const names = [...countries, europe].map(({ folder }) => folder);
  const fakes = new Map<string, FakeSubgraph>();
  for (const name of names) fakes.set(name, await startFakeSubgraph());
  const gateway = await startTestGateway(
    Object.fromEntries([...fakes].map(([name, { url }]) => [name, url])),
    timeoutMs,
  );
  const origin = `http://127.0.0.1:${gateway.port}`;
  return {
    origin,
    subgraphs: Object.fromEntries(fakes),
    query: async (query, variables) => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { extensions: _catalogues, ...result } = (await response.json()) as ClientResponse & {
        extensions?: unknown;
      };
      return result;
    },
    stop: async () => {
      await gateway.stop();
      await Promise.all([...fakes.values()].map(({ stop }) => stop()));
    },
  };
}

/** Starts a gateway on a free port. */
export const startTestGateway = (
  subgraphUrls: Readonly<Record<string, string>>,
  subgraphTimeoutMs = 5_000,
  settings: Partial<
    Pick<
      GatewayOptions,
      | 'introspection'
      | 'trustedDocumentsPath'
      | 'shutdownDelayMs'
      | 'costBudgetPerMinute'
      | 'maxConcurrentRequestsPerClient'
      | 'trustedProxyHops'
    >
  > = {},
): Promise<RunningService> =>
  startGateway(testGatewaySettings(subgraphUrls, { ...settings, subgraphTimeoutMs }), {
    playgroundFolder: projectPath('dist/gateway/playground'),
    logger: silentLogger,
    versions: unknownVersions,
    createPlanner: sharePlanner,
  });

/** Returns a URL at which no server listens. */
export async function closedUrl(): Promise<string> {
  const { url, stop } = await startFakeSubgraph();
  await stop();
  return url;
}
