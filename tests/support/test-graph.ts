import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

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
  /** Stops these subgraphs and starts all others. */
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
  const running = new Map<string, RunningService>();

  const onStatement = (name: string): void => {
    count(statements, name);
  };
  const start = async (name: string): Promise<void> => {
    running.set(name, await startSubgraph(name, { databases, ports, followIntervalMs, onStatement }));
  };
  const stop = async (name: string): Promise<void> => {
    await running.get(name)?.stop();
    running.delete(name);
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
  const requests = countRequests(ports);

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
    stopSubgraphs: async (down) => {
      await Promise.all(subgraphs.filter((name) => down.includes(name) && running.has(name)).map(stop));
      const back = subgraphs.filter((name) => !down.includes(name) && !running.has(name));
      await Promise.all(back.map(start));
      await Promise.all(back.map(untilReached));
    },
    leaks: (response) => findLeaks(response, [...ports.values()]),
    stop: async () => {
      requests.close();
      await gateway.stop();
      await Promise.all([...running.keys()].map(stop));
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

/** Counts the requests that the servers of this process receive, by Node's diagnostics channel. */
function countRequests(ports: Ports) {
  const counter: Record<string, number> = {};
  const nameOf = new Map([...ports].map(([name, port]) => [port, name]));
  const listener = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    const name = nameOf.get(request.socket.localPort ?? 0);
    if (name !== undefined) count(counter, name);
  };
  subscribe('http.server.request.start', listener);
  return { counter, close: () => void unsubscribe('http.server.request.start', listener) };
}

const count = (counter: Record<string, number>, name: string): void => {
  counter[name] = (counter[name] ?? 0) + 1;
};
