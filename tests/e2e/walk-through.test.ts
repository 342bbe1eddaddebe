import pg from 'pg';

import { countries, europe } from '../../schema/values/countries.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { freePort } from '../../cli/start/ports.js';
import { untilReady } from '../../cli/start/health.js';
import { createReader, promised, type Reader, stepsOf } from '../support/pages.js';

/** The page as a national team reads it, on ports and in a PostgreSQL of the test's own. */
describe('docs/tutorial.md', () => {
  const administrator = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
  /** What the page calls otherwise than the test: its ports, and its PostgreSQL. */
  const places = new Map<string, string>();
  const ports = new Map<string, number>();
  let database: ServiceDatabase;
  let reader: Reader;

  beforeAll(async () => {
    database = await createServiceDatabase();
    for (const { folder } of [...countries, europe, { folder: 'gateway' }, { folder: 'issuer' }]) {
      ports.set(folder, await freePort());
    }
    const port = (name: string): string => String(ports.get(name));
    places.set('localhost:5432', administrator.host);
    places.set('postgres:secret@', `${administrator.username}:${administrator.password}@`);
    places.set('localhost:4002', `localhost:${port('belgium')}`);
    places.set('localhost:4000', `localhost:${port('gateway')}`);
    places.set('127.0.0.1:4020', `127.0.0.1:${port('issuer')}`);
    places.set('npm run issuer', `npm run issuer -- --port ${port('issuer')}`);
    reader = createReader({
      ...Object.fromEntries([...countries, europe].map(({ folder }) => [`${folder.toUpperCase()}_PORT`, port(folder)])),
      PORT: port('gateway'),
      EUROPE_DATABASE_URL: database.serviceUrl,
      EUROPE_MIGRATION_URL: database.url,
    });
  });
  afterAll(async () => {
    await reader.leave();
    await database.drop();
    const client = new pg.Client({ connectionString: administrator.href });
    await client.connect();
    await client.query('DROP DATABASE IF EXISTS belgium WITH (FORCE)');
    await client.query('DROP ROLE IF EXISTS belgium, belgium_service');
    await client.end();
  });

  const here = (text: string): string =>
    [...places].reduce((replaced, [there, place]) => replaced.replaceAll(there, place), text);

  /** What is asked for after it was started is there when one has read on. */
  const ready = async (commands: string): Promise<void> => {
    const [, service] = /npm run start:(\w+)/.exec(commands) ?? [];
    const port = ports.get(service ?? '');
    if (port !== undefined) await untilReady(port, AbortSignal.timeout(60_000));
    if (service === europe.folder) await untilIndexed();
  };
  const untilIndexed = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (let found = 0; found === 0; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM organisation WHERE country = $1', [
        'BE',
      ]);
      found = Number(rows[0]?.count);
    }
    await client.end();
  };

  it('runs as written, and says what stands there', async () => {
    const steps = stepsOf('docs/tutorial.md');
    expect(steps.length).toBeGreaterThan(12);
    for (const { terminal, commands, says } of steps) {
      if (terminal !== undefined) {
        reader.leaveRunning(here(commands));
        await ready(commands);
      } else {
        const output = await reader.type(here(commands));
        expect({ output, says: promised(says, output) }).toEqual({ output, says });
      }
    }
  }, 240_000);
});
