import { randomBytes } from 'node:crypto';

import pg from 'pg';

import type { Metrics } from './metrics.js';
import { startMetricsPage } from './prometheus.js';
import { createRoles, type Login } from './roles.js';

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Makes an empty database in the PostgreSQL of this run of tests (`TEST_POSTGRES_URL`, which Jest's global set-up starts). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const administrator = postgresUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(administrator, `CREATE DATABASE ${name}`);
  const url = new URL(administrator);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(administrator, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A database of a test's own that a service comes to as in production. */
export interface ServiceDatabase extends TestDatabase {
  /** For the service: its role reads and writes rows; `url` is the owner's. */
  readonly serviceUrl: string;
}

/** Makes an empty database with an owner and a role for its service. */
export async function createServiceDatabase(): Promise<ServiceDatabase> {
  const administratorUrl = postgresUrl();
  const [name, password] = [`test_${randomBytes(6).toString('hex')}`, randomBytes(12).toString('hex')];
  const [owner, service] = [
    { name, password },
    { name: `${name}_service`, password },
  ];
  await withClient(administratorUrl, (client) => createRoles(client, { database: name, owner, service }));
  const urlFor = ({ name: role }: Login): string => {
    const url = new URL(administratorUrl);
    return Object.assign(url, { username: role, password, pathname: `/${name}` }).href;
  };
  return {
    url: urlFor(owner),
    serviceUrl: urlFor(service),
    drop: async () => {
      await execute(administratorUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      await execute(administratorUrl, `DROP ROLE ${owner.name}, ${service.name}`);
    },
  };
}

function postgresUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined) throw new Error('TEST_POSTGRES_URL is missing: run the tests with `npx jest`.');
  return url;
}

const execute = (url: string, statement: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query(statement);
  });

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Metrics that a test reads as Prometheus does. */
export interface MetricsReader {
  readonly metrics: Metrics;
  readonly url: string;
  /** Every number by its name, labels and all. */
  readonly read: () => Promise<Record<string, number>>;
  readonly stop: () => Promise<void>;
}

/** Watches in a registry of the test's own. */
export async function readMetrics(): Promise<MetricsReader> {
  const page = await startMetricsPage({ METRICS_PORT: '0' });
  if (!page) throw new Error('There is no page.');
  const { metrics, port, stop } = page;
  const url = `http://127.0.0.1:${port}/metrics`;
  const read = async (): Promise<Record<string, number>> => {
    const lines = (await (await fetch(url)).text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  };
  return { metrics, url, read, stop };
}
