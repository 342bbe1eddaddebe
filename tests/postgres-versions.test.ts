import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { projectPath } from '../schema/files.js';
import { startCatalogue } from '../services/catalogue/service.js';
import { denmark } from '../services/denmark/catalogue.js';
import { migrations as europeMigrations } from '../services/europe/migrations/migrations.js';
import { oldestPostgres } from '../services/kit/database/connection-error.js';
import { openDatabase, runMigrations } from '../services/kit/database/database.js';
import { createServiceDatabase, type ServiceDatabase } from '../services/kit/testing/databases.js';
import { silentLogger } from '../services/kit/testing/silent-logger.js';
import { waitUntil } from '../services/kit/testing/wait-until.js';
import { reservePort } from './support/free-port.js';

// `npm test` runs on the newest PostgreSQL, and this file on the oldest supported one. npm installs both, the oldest for Linux on x64
// only: on other systems, `OLDEST_POSTGRES_BIN` names the folder of its programs, and without it there is nothing to run on.

const binaries =
  process.env['OLDEST_POSTGRES_BIN'] ?? projectPath(`node_modules/postgres-${oldestPostgres}-linux-x64/native/bin`);
const isInstalled = existsSync(join(binaries, 'initdb'));

(isInstalled ? describe : describe.skip)(`PostgreSQL ${oldestPostgres}`, () => {
  // PostgreSQL does not run as root.
  const asUser = (program: string, args: readonly string[]): [string, string[]] => {
    const command = [join(binaries, program), ...args];
    return process.getuid?.() === 0
      ? ['runuser', ['-u', 'postgres', '--', ...command]]
      : [command[0] ?? '', command.slice(1)];
  };
  const newest = process.env['TEST_POSTGRES_URL'];
  let folder: string;
  let server: ReturnType<typeof spawn>;
  let database: ServiceDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reuse-graph-oldest-'));
    await chmod(folder, 0o777);
    const data = join(folder, 'data');
    const port = String(await reservePort());
    execFileSync(
      ...asUser('initdb', [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        'trust',
        '--no-sync',
        '-E',
        'UTF8',
        '--locale',
        'C.UTF-8',
      ]),
    );
    const options = ['-D', data, '-p', port, '-k', folder, '-h', '127.0.0.1', '-c', 'fsync=off', '-c', 'jit=off'];
    server = spawn(...asUser('postgres', options), { stdio: 'ignore' });
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await waitUntil('PostgreSQL to start', async () => {
      const client = new pg.Client({ connectionString: url });
      try {
        await client.connect();
        return true;
      } catch {
        return false;
      } finally {
        await client.end().catch(() => undefined);
      }
    });
    process.env['TEST_POSTGRES_URL'] = url;
    database = await createServiceDatabase();
  });
  afterAll(async () => {
    process.env['TEST_POSTGRES_URL'] = newest;
    // An immediate shutdown; the data is removed.
    execFileSync(...asUser('pg_ctl', ['-D', join(folder, 'data'), '-m', 'immediate', '-w', 'stop']));
    if (server.exitCode === null) await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  });

  it('runs a catalogue with its tables, and numbers a large change of its feed in linear time', async () => {
    const catalogue = await startCatalogue(denmark, {
      port: 0,
      databaseUrl: database.serviceUrl,
      migrationUrl: database.url,
      secrets: ['x'.repeat(32)],
      logger: silentLogger,
    });
    const owner = new pg.Client({ connectionString: database.url });
    try {
      const response = await fetch(`http://127.0.0.1:${catalogue.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ denmark { administrations(search: "odense") { nodes { name } } } }' }),
      });
      expect(await response.json()).toEqual({
        data: { denmark: { administrations: { nodes: [{ name: 'Odense' }] } } },
      });

      await owner.connect();
      const before = await countEntriesRead(owner);
      const rows = 3000;
      await owner.query(
        `INSERT INTO claim SELECT (jsonb_populate_record(first.claim, jsonb_build_object('id', 'dk:claim:many-' || n))).*
        FROM (SELECT claim FROM claim LIMIT 1) first, generate_series(1, $1::int) n`,
        [rows],
      );
      // The first entry numbers them all. If each read the others, it would be rows * rows.
      expect((await countEntriesRead(owner)) - before).toBeLessThan(100 * rows);
    } finally {
      await owner.end();
      await catalogue.stop();
    }
  });

  it('has the schema of the index', async () => {
    const own = await createServiceDatabase();
    const index = await openDatabase({ url: own.url, entities: [], migrations: europeMigrations });
    expect((await runMigrations(index)).length).toBe(europeMigrations.length);
    await index.close();
  });
});

/** How many entries of the feed have been read so far, by whatever scan. */
async function countEntriesRead(client: pg.Client): Promise<number> {
  await client.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await client.query<{ count: number }>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS count FROM pg_stat_user_tables WHERE relname = 'change'`,
  );
  return rows[0]?.count ?? NaN;
}
