import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';

import pg from 'pg';

import { startGateway } from '../../gateway/gateway.js';
import { testGatewaySettings } from '../../gateway/testing/gateway-settings.js';
import { sharePlanner } from '../../gateway/testing/shared-planner.js';
import { unknownVersions } from '../../gateway/testing/unknown-versions.js';
import { countries, europe } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import type { GraphQLResponse } from './client.js';
import {
  filledDatabases,
  type Ports,
  reservePorts,
  startSubgraph,
  subgraphs,
  type TableLength,
  untilIndexed,
  urlsOf,
} from './subgraphs.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** A response with its original text. */
export interface TestResponse extends GraphQLResponse {
  readonly text: string;
}

/** The number of requests to each subgraph, and of statements in each database. */
export interface Cost {
  readonly requests: Readonly<Record<string, number>>;
  readonly statements: Readonly<Record<string, number>>;
}

/** The whole graph in one process, on databases and ports of its own: three countries, Europe and the gateway. */
export interface TestGraph {
  readonly origin: string;
  /** The public endpoints of the gateway and of each country. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The URLs by which a gateway reaches each subgraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<TestResponse>;
  /** Sends an operation, and counts the requests and statements that it causes. */
  readonly queryWithCost: (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<TestResponse & { cost: Cost }>;
  /** Changes a database by SQL, as its owner. */
  readonly write: (name: string, statement: string) => Promise<void>;
  /**
   * Stops these subgraphs and starts all others, for their clients: the port of a stopped one is closed, and so are its connections.
   * It does not end, because starting it again would take longer than most tests.
   */
  readonly stopSubgraphs: (down: readonly string[]) => Promise<void>;
  /** The internals that a response reveals: addresses, ports, stack traces, internal names. */
  readonly leaks: (response: TestResponse) => readonly string[];
  readonly stop: () => Promise<void>;
}

export interface TestGraphOptions {
  /** How often Europe polls for changes. By default it does not, so that only the requests of a test are counted. */
  readonly followIntervalMs?: number;
  /** Default: short ones. */
  readonly tables?: TableLength;
}

/** Starts all services, with tables imported and read by Europe. The first start in a run of tests takes longer. */
export async function startTestGraph({
  followIntervalMs = 3_600_000,
  tables = 'short',
}: TestGraphOptions = {}): Promise<TestGraph> {
  const databases = await filledDatabases(tables);
  const statements: Record<string, number> = {};
  const ports = await reservePorts();
  const running: RunningService[] = [];
  const down = new Set<string>();
  const requests = watchServers(ports);

  const onStatement = (name: string): void => {
    count(statements, name);
  };
  const start = async (name: string): Promise<void> => {
    running.push(await startSubgraph(name, { databases, ports, followIntervalMs, onStatement }));
  };
  await Promise.all(subgraphs.map(start));
  await untilIndexed(ports);
  const gateway = await startGateway(testGatewaySettings(urlsOf(ports)), {
    // The breaker closes soon after a subgraph is back, so that tests need not wait for it.
    breaker: { failures: 10, openMs: 200 },
    playgroundFolder: projectPath('dist/gateway/playground'),
    logger,
    // The cost of a request is counted.
    versions: unknownVersions,
    createPlanner: sharePlanner,
  });
  const origin = `http://127.0.0.1:${gateway.port}`;

  const close = async (name: string): Promise<void> => {
    const server = await requests.serverOf(name);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    down.add(name);
  };
  const open = async (name: string): Promise<void> => {
    const server = await requests.serverOf(name);
    await new Promise<void>((resolve) => server.listen(ports.get(name), '127.0.0.1', resolve));
    down.delete(name);
  };
  /** The breaker of the gateway stays open for a while after a subgraph is back. */
  const untilReached = async (name: string): Promise<void> => {
    const field = name === europe.folder ? 'reuseMatrix { usedIn }' : `${name} { id }`;
    await waitUntil(`the gateway to reach ${name}`, async () => (await query(`{ ${field} }`)).errors === undefined);
  };

  const query: TestGraph['query'] = (text, variables) => queryGraph(`${origin}/graphql`, text, variables);
  return {
    origin,
    endpoints: {
      gateway: `${origin}/graphql`,
      ...Object.fromEntries(
        countries.map(({ folder }) => [folder, `http://127.0.0.1:${ports.get(folder) ?? 0}/graphql`]),
      ),
    },
    subgraphUrls: urlsOf(ports),
    query,
    queryWithCost: async (text, variables) => {
      for (const counter of [requests.counter, statements]) for (const name of subgraphs) counter[name] = 0;
      const response = await query(text, variables);
      return { ...response, cost: { requests: { ...requests.counter }, statements: { ...statements } } };
    },
    write: async (name, statement) => {
      const client = new pg.Client({ connectionString: databases.get(name)?.url });
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    },
    stopSubgraphs: async (names) => {
      await Promise.all(subgraphs.filter((name) => names.includes(name) && !down.has(name)).map(close));
      const back = subgraphs.filter((name) => !names.includes(name) && down.has(name));
      await Promise.all(back.map(open));
      await Promise.all(back.map(untilReached));
    },
    leaks: (response) => findLeaks(response, [...ports.values()]),
    stop: async () => {
      requests.close();
      await gateway.stop();
      await Promise.all(running.map(({ stop }) => stop()));
      await Promise.all([...databases.values()].map(({ drop }) => drop()));
    },
  };
}

/** Sends an operation to a GraphQL endpoint by POST. */
export async function queryGraph(
  url: string,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
): Promise<TestResponse> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { ...(JSON.parse(text) as object), status: response.status, text };
}

/** Ports are searched for in the errors only: in the data, the number may be a code. */
function findLeaks({ text, errors, extensions }: TestResponse, ports: readonly number[]): string[] {
  const errorText = JSON.stringify(errors ?? []);
  const internals =
    /127\.0\.0\.1|localhost|ECONN|\/subgraph|_entities|valueCompletion|node_modules|stack/.exec(text) ?? [];
  return [
    ...internals,
    ...ports.map(String).filter((port) => errorText.includes(port)),
    ...Object.keys(extensions ?? {}).filter((name) => name !== 'catalogues'),
  ];
}

/** Counts the gateway's requests to the servers of this process, by Node's diagnostics channel, which also tells the servers. */
function watchServers(ports: Ports) {
  const counter: Record<string, number> = {};
  const servers = new Map<string, Server>();
  const nameOf = new Map([...ports].map(([name, port]) => [port, name]));
  const listener = (message: unknown): void => {
    const { request, server } = message as { request: IncomingMessage; server: Server };
    const name = nameOf.get(request.socket.localPort ?? 0);
    if (name === undefined) return;
    servers.set(name, server);
    // Europe polls the countries without an id.
    if (request.headers['x-request-id'] !== undefined) count(counter, name);
  };
  subscribe('http.server.request.start', listener);
  return {
    counter,
    serverOf: async (name: string): Promise<Server> => {
      if (!servers.has(name)) await fetch(`http://127.0.0.1:${ports.get(name) ?? 0}/health/live`);
      const server = servers.get(name);
      if (!server) throw new Error(`The server of ${name} is missing.`);
      return server;
    },
    close: () => void unsubscribe('http.server.request.start', listener),
  };
}

const count = (counter: Record<string, number>, name: string): void => {
  counter[name] = (counter[name] ?? 0) + 1;
};
