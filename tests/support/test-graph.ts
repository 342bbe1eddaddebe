import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

import pg from 'pg';

import { startGateway } from '../../gateway/gateway.js';
import { testGatewaySettings } from '../../gateway/testing/gateway-settings.js';
import { countries, europe } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import {
  filledDatabases,
  type Ports,
  quietPorts,
  startSubgraph,
  subgraphs,
  untilIndexed,
  urlsOf,
} from './subgraphs.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** What a client of the gateway receives. */
export interface Answer {
  readonly status: number;
  /** As it was sent. */
  readonly text: string;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What was asked of each subgraph, and of each country's database. */
export interface Cost {
  readonly requests: Readonly<Record<string, number>>;
  readonly statements: Readonly<Record<string, number>>;
}

/** The whole project in one process, on databases and ports of its own: three countries, Europe and the gateway. */
export interface TestGraph {
  readonly origin: string;
  /** Where anybody may ask: the gateway, and each country itself. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Where a gateway asks each subgraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Asks, and says what it cost. */
  readonly queryWithCost: (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<Answer & { cost: Cost }>;
  /** Changes a database by hand, as its owner may. */
  readonly write: (name: string, statement: string) => Promise<void>;
  /** Stops these subgraphs and starts all others. */
  readonly stopSubgraphs: (down: readonly string[]) => Promise<void>;
  /** What an answer tells of the inside, where it should tell nothing: addresses, ports, stacks, parts of the machinery. */
  readonly leaks: (answer: Answer) => readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Starts everything, with the bundled tables imported and read by Europe. The first in a run of tests takes its time.
 *
 * @param followIntervalMs how often Europe looks for changes. By default never again, so that only what a test asks is counted.
 */
export async function startTestGraph(followIntervalMs = 3_600_000): Promise<TestGraph> {
  const databases = await filledDatabases();
  const statements: Record<string, number> = {};
  const ports = await quietPorts();
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
    // Who comes back is soon asked again, so that tests need not wait for it.
    breaker: { failures: 10, openMs: 200 },
    playgroundFolder: projectPath('dist/gateway/playground'),
    logger,
  });
  const origin = `http://127.0.0.1:${gateway.port}`;
  const requests = countRequests(ports);

  /** Whom the gateway could not reach it spares for a while, even when he is back. */
  const untilAsked = async (name: string): Promise<void> => {
    const field = name === europe.folder ? 'reuseMatrix { usedIn }' : `${name} { id }`;
    await waitUntil(`the gateway to reach ${name}`, async () => (await ask(`{ ${field} }`)).errors === undefined);
  };

  const ask: TestGraph['ask'] = (query, variables) => queryGraph(`${origin}/graphql`, query, variables);
  return {
    origin,
    endpoints: {
      gateway: `${origin}/graphql`,
      ...Object.fromEntries(
        countries.map(({ folder }) => [folder, `http://127.0.0.1:${ports.get(folder) ?? 0}/graphql`]),
      ),
    },
    subgraphUrls: urlsOf(ports),
    ask,
    queryWithCost: async (query, variables) => {
      for (const counter of [requests.counter, statements]) for (const name of subgraphs) counter[name] = 0;
      const answer = await ask(query, variables);
      return { ...answer, cost: { requests: { ...requests.counter }, statements: { ...statements } } };
    },
    write: async (name, statement) => {
      const client = new pg.Client({ connectionString: databases.get(name)?.url });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    },
    stopSubgraphs: async (down) => {
      await Promise.all(subgraphs.filter((name) => down.includes(name) && running.has(name)).map(stop));
      const back = subgraphs.filter((name) => !down.includes(name) && !running.has(name));
      await Promise.all(back.map(start));
      await Promise.all(back.map(untilAsked));
    },
    leaks: (answer) => leaksOf(answer, [...ports.values()]),
    stop: async () => {
      requests.close();
      await gateway.stop();
      await Promise.all([...running.keys()].map(stop));
      await Promise.all([...databases.values()].map(({ drop }) => drop()));
    },
  };
}

/** Asks a GraphQL endpoint by POST. */
export async function queryGraph(
  url: string,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { ...(JSON.parse(text) as object), status: response.status, text };
}

/** A port in the data may be a code, in an error it is none. */
function leaksOf({ text, errors, extensions }: Answer, ports: readonly number[]): string[] {
  const told = JSON.stringify(errors ?? []);
  const found = /127\.0\.0\.1|localhost|ECONN|\/subgraph|_entities|valueCompletion|node_modules|stack/.exec(text) ?? [];
  return [
    ...found,
    ...ports.map(String).filter((port) => told.includes(port)),
    ...Object.keys(extensions ?? {}).filter((name) => name !== 'catalogues'),
  ];
}

/** Node tells of every request that any server of this process receives. */
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
