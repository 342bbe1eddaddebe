import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { startGateway } from '../../gateway/gateway.js';
import { countries, europe } from '../../schema/countries.js';
import { projectPath, supergraphPath } from '../../schema/files.js';
import type { NationalCatalogue } from '../../services/catalogue/country.js';
import { startCatalogue } from '../../services/catalogue/start.js';
import { startEurope } from '../../services/europe/start.js';
import type { DatabaseSettings } from '../../services/kit/database-settings.js';
import type { RunningService } from '../../services/kit/http.js';
import { silentLogger as logger } from '../../services/kit/log.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing.js';

/** A country is what the folder of its name exports under its name. Undefined: it is none. */
async function catalogueOf(name: string): Promise<NationalCatalogue | undefined> {
  if (!countries.some(({ folder }) => folder === name)) return undefined;
  const module = (await import(`../../services/${name}/catalogue.js`)) as Record<string, NationalCatalogue>;
  return module[name];
}

/** Every subgraph by its name, in the order of the list of countries. */
export const subgraphs: readonly string[] = [europe, ...countries].map(({ folder }) => folder);

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
export interface World {
  readonly origin: string;
  /** Where anybody may ask: the gateway, and each country itself. */
  readonly doors: Readonly<Record<string, string>>;
  /** Where a gateway asks each subgraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Asks, and says what it cost. */
  readonly weigh: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer & { cost: Cost }>;
  /** Changes a database by hand, as its owner may. */
  readonly write: (name: string, statement: string) => Promise<void>;
  /** Stops these subgraphs and starts all others. */
  readonly breakDown: (down: readonly string[]) => Promise<void>;
  /** What an answer tells of the inside, where it should tell nothing: addresses, ports, stacks, parts of the machinery. */
  readonly leaks: (answer: Answer) => readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Starts everything, with the bundled tables imported and read by Europe. Takes some seconds.
 *
 * @param followIntervalMs how often Europe looks for changes. By default never again, so that only what a test asks is counted.
 */
export async function startWorld(followIntervalMs = 3_600_000): Promise<World> {
  const databases = new Map<string, ServiceDatabase>();
  for (const folder of subgraphs) databases.set(folder, await createServiceDatabase());
  const statements: Record<string, number> = {};
  const ports = new Map<string, number>();
  for (const name of subgraphs) ports.set(name, await quietPort(new Set(ports.values())));
  const running = new Map<string, RunningService>();

  const start = async (name: string): Promise<void> => {
    const { serviceUrl = '', url } = databases.get(name) ?? {};
    const onStatement = (): void => {
      count(statements, name);
    };
    running.set(
      name,
      await startSubgraph(name, ports, { databaseUrl: serviceUrl, migrationUrl: url }, onStatement, followIntervalMs),
    );
  };
  const stop = async (name: string): Promise<void> => {
    await running.get(name)?.stop();
    running.delete(name);
  };
  await Promise.all(subgraphs.map(start));
  await untilReady(ports.get(europe.folder) ?? 0);
  const gateway = await startGateway({
    port: 0,
    supergraphPath,
    subgraphUrls: urlsOf(ports),
    timeoutMs: 10_000,
    playground: projectPath('dist/gateway/playground'),
    logger,
  });
  const origin = `http://127.0.0.1:${gateway.port}`;
  const requests = countRequests(ports);

  /** Whom the gateway could not reach it spares for a while, even when he is back. */
  const untilAsked = async (name: string): Promise<void> => {
    const field = name === europe.folder ? 'reuseMatrix { usedIn }' : `${name} { id }`;
    while ((await ask(`{ ${field} }`)).errors) await wait(50);
  };

  const ask: World['ask'] = (query, variables) => askGraph(`${origin}/graphql`, query, variables);
  return {
    origin,
    doors: {
      gateway: `${origin}/graphql`,
      ...Object.fromEntries(
        countries.map(({ folder }) => [folder, `http://127.0.0.1:${ports.get(folder) ?? 0}/graphql`]),
      ),
    },
    subgraphUrls: urlsOf(ports),
    ask,
    weigh: async (query, variables) => {
      for (const counter of [requests.counter, statements]) for (const name of subgraphs) counter[name] = 0;
      const answer = await ask(query, variables);
      return { ...answer, cost: { requests: { ...requests.counter }, statements: { ...statements } } };
    },
    write: async (name, statement) => {
      const client = new pg.Client({ connectionString: databases.get(name)?.url });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    },
    breakDown: async (down) => {
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

async function startSubgraph(
  name: string,
  ports: ReadonlyMap<string, number>,
  database: DatabaseSettings,
  onStatement: () => void,
  followIntervalMs: number,
): Promise<RunningService> {
  const options = { port: ports.get(name) ?? 0, ...database, logger, onStatement };
  const national = await catalogueOf(name);
  return national
    ? startCatalogue(national, options)
    : startEurope({ ...options, countryUrls: urlsOf(ports), followIntervalMs });
}

const urlsOf = (ports: ReadonlyMap<string, number>): Record<string, string> =>
  Object.fromEntries([...ports].map(([name, port]) => [name, `http://127.0.0.1:${port}/subgraph`]));

/** Waits until Europe has read every country. */
async function untilReady(port: number): Promise<void> {
  while ((await fetch(`http://127.0.0.1:${port}/health/ready`)).status !== 200) await wait(50);
}

/** Asks a GraphQL endpoint by POST. */
export async function askGraph(
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
function countRequests(ports: ReadonlyMap<string, number>) {
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

/**
 * A port that stays free while its subgraph is down: below those that operating systems give to connections, where one
 * from `listen(0)` would be.
 */
async function quietPort(chosen: ReadonlySet<number>): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const isFree = await new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => {
      resolve(false);
    });
    server.listen(port, () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
  return isFree && !chosen.has(port) ? port : quietPort(chosen);
}
