import pg from 'pg';

import { countries, europe } from '../../schema/values/countries.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { freePort } from '../../cli/start/ports.js';
import { waitUntilReady } from '../../cli/testing/wait-until-ready.js';
import { quickGateway } from '../support/quick-gateway.js';
import { findExpectedLines, openTerminals, parseSteps, type Terminals } from '../support/pages.js';

/** Runs the commands of the page, on free ports and in the PostgreSQL of the tests. */
describe('docs/tutorial.md', () => {
  const administrator = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
  /** Replacements for the ports and the PostgreSQL of the page. */
  const replacements = new Map<string, string>();
  const ports = new Map<string, number>();
  let database: ServiceDatabase;
  let terminals: Terminals;

  beforeAll(async () => {
    database = await createServiceDatabase();
    for (const { folder } of [...countries, europe, { folder: 'gateway' }, { folder: 'issuer' }]) {
      ports.set(folder, await freePort());
    }
    const port = (name: string): string => String(ports.get(name));
    replacements.set('localhost:5432', administrator.host);
    replacements.set('postgres:secret@', `${administrator.username}:${administrator.password}@`);
    replacements.set('localhost:4002', `localhost:${port('belgium')}`);
    replacements.set('localhost:4000', `localhost:${port('gateway')}`);
    replacements.set('127.0.0.1:4030', `127.0.0.1:${port('issuer')}`);
    replacements.set('npm run issuer', `npm run issuer -- --port ${port('issuer')}`);
    terminals = openTerminals({
      ...Object.fromEntries([...countries, europe].map(({ folder }) => [`${folder.toUpperCase()}_PORT`, port(folder)])),
      PORT: port('gateway'),
      ...quickGateway,
      EUROPE_DATABASE_URL: database.serviceUrl,
      EUROPE_MIGRATION_URL: database.url,
    });
  });
  afterAll(async () => {
    await terminals.close();
    await database.drop();
    const client = new pg.Client({ connectionString: administrator.href });
    await client.connect();
    await client.query('DROP DATABASE IF EXISTS belgium WITH (FORCE)');
    await client.query('DROP ROLE IF EXISTS belgium, belgium_service');
    await client.end();
  });

  const adapt = (text: string): string =>
    [...replacements].reduce((adapted, [original, replacement]) => adapted.replaceAll(original, replacement), text);

  /** Waits for a started service, which the following commands use. */
  const ready = async (commands: string): Promise<void> => {
    const [, service] = /npm run start:(\w+)/.exec(commands) ?? [];
    const port = ports.get(service ?? '');
    if (port !== undefined) await waitUntilReady(service ?? '', port, { timeoutMs: 60_000 });
    if (service === europe.folder) await untilIndexed();
  };
  const untilIndexed = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const isIndexed = async (): Promise<boolean> =>
      (await client.query('SELECT FROM organisation WHERE country = $1 LIMIT 1', ['BE'])).rowCount === 1;
    try {
      await waitUntil('Europe to index Belgium', isIndexed, { timeoutMs: 60_000, intervalMs: 200 });
    } finally {
      await client.end();
    }
  };

  it('runs as written, with the output on the page', async () => {
    const steps = parseSteps('docs/tutorial.md');
    expect(steps.length).toBeGreaterThan(12);
    for (const { terminal, commands, expectedLines } of steps) {
      if (terminal !== undefined) {
        terminals.runInBackground(adapt(commands));
        await ready(commands);
      } else {
        const output = await terminals.run(adapt(commands));
        expect({ output, expectedLines: findExpectedLines(expectedLines, output) }).toEqual({ output, expectedLines });
      }
    }
  }, 240_000);
});
