import { randomBytes } from 'node:crypto';

import pg from 'pg';

import type { Metrics } from '../observability/metrics.js';
import { startMetricsServer } from '../observability/prometheus.js';
import { createRoles, type Login } from '../database/roles.js';

/** A database of one test. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Makes an empty database in the PostgreSQL of this run of tests (`TEST_POSTGRES_URL`, which Jest's global set-up starts). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = newName();
  // Files are copied faster than blocks through the write-ahead log.
  await asAdministrator(`CREATE DATABASE ${name} STRATEGY file_copy`);
  return { url: databaseUrl(name), drop: () => dropDatabase(name) };
}

/** A database of one test, with the roles that a service has in production. */
export interface ServiceDatabase extends TestDatabase {
  /** For the service: its role reads and writes rows; `url` is the owner's. */
  readonly serviceUrl: string;
}

/** Makes an empty database with an owner and a role for its service. */
export async function createServiceDatabase(): Promise<ServiceDatabase> {
  const [name, password] = [newName(), randomBytes(12).toString('hex')];
  const [owner, service] = [
    { name, password },
    { name: `${name}_service`, password },
  ];
  await withAdministrator((client) => createRoles(client, { database: name, owner, service }));
  return {
    url: databaseUrl(name, owner),
    serviceUrl: databaseUrl(name, service),
    drop: async () => {
      await dropDatabase(name);
      await asAdministrator(`DROP ROLE ${owner.name}, ${service.name}`);
    },
  };
}

/** The name of a database that no other test has. */
export const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

/** The address of a database in the PostgreSQL of this run of tests, for its administrator by default. */
export function databaseUrl(database: string, login?: Login): string {
  const url = Object.assign(postgresUrl(), { pathname: `/${database}` });
  return (login ? Object.assign(url, { username: login.name, password: login.password }) : url).href;
}

function postgresUrl(): URL {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined) throw new Error('TEST_POSTGRES_URL is missing: run the tests with `npx jest`.');
  return new URL(url);
}

/** Drops a database, including its open connections. */
export const dropDatabase = (name: string): Promise<void> => asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);

const asAdministrator = (statement: string): Promise<void> =>
  withAdministrator(async (client) => {
    await client.query(statement);
  });

/** Does some work as the administrator of the PostgreSQL of this run of tests. */
export async function withAdministrator<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: postgresUrl().href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Metrics that a test reads as Prometheus does. */
export interface TestMetrics {
  readonly metrics: Metrics;
  readonly url: string;
  /** Every number by its name, labels and all. */
  readonly read: () => Promise<Record<string, number>>;
  readonly stop: () => Promise<void>;
}

/** Watches in a registry of the test's own. */
export async function startTestMetrics(): Promise<TestMetrics> {
  const server = await startMetricsServer({ metricsPort: 0, metricsAddress: undefined, listenAddress: '127.0.0.1' });
  if (!server) throw new Error('The metrics server did not start.');
  const { metrics, port, stop } = server;
  const url = `http://127.0.0.1:${port}/metrics`;
  const read = async (): Promise<Record<string, number>> => {
    const lines = (await (await fetch(url)).text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  };
  return { metrics, url, read, stop };
}
