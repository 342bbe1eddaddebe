import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { type Cluster, startCluster, startThrowawayCluster } from './cluster.js';
import { projectRoot } from './paths.js';
import { freePort } from './ports.js';
import { findPostmaster } from './postmaster.js';
import { listProcesses } from './process-table.js';
import { findSharedCluster } from './shared-cluster.js';

async function runQuery(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.end();
  }
}

describe('the databases of a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startThrowawayCluster(['denmark', 'italy']);
  });
  afterAll(() => cluster.stop());

  it('belong to roles without other privileges', async () => {
    const query = 'SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user';
    expect(await runQuery(cluster.url('denmark'), query)).toEqual([
      { rolname: 'denmark', rolsuper: false, rolcreatedb: false, rolcreaterole: false },
    ]);
  });

  it.each(['italy', 'postgres', 'template1'])(
    'are the only ones that their role can open, and %s is not',
    async (other) => {
      const url = cluster.url('denmark').replace(/denmark$/, other);
      await expect(runQuery(url, 'SELECT 1')).rejects.toThrow('permission denied');
    },
  );

  it('accept the right password only', async () => {
    const url = cluster.url('denmark').replace(/:[^:@]+@/, ':guess@');
    await expect(runQuery(url, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('let their owner add the extensions that searching needs', async () => {
    const statements = ['pg_trgm', 'unaccent', 'fuzzystrmatch'].map((name) => `CREATE EXTENSION ${name}`);
    await runQuery(cluster.url('italy'), statements.join(';'));
    // In a cluster whose LC_CTYPE is C, ø would be no letter.
    expect(await runQuery(cluster.url('italy'), `SELECT cardinality(show_trgm('Rømø')) AS trigrams`)).toEqual([
      { trigrams: 5 },
    ]);
  });

  it('have the same collation and time zone on every machine', async () => {
    const query = `SELECT datcollate, datlocprovider, datlocale, current_setting('timezone') AS timezone FROM pg_database WHERE datname = 'denmark'`;
    expect(await runQuery(cluster.url('denmark'), query)).toEqual([
      { datcollate: 'C', datlocprovider: 'b', datlocale: 'C.UTF-8', timezone: 'UTC' },
    ]);
  });

  const runAsAdministrator = (query: string) => runQuery(cluster.administratorUrl, query);
  const findKeeper = async (): Promise<unknown> =>
    (await runAsAdministrator(`SELECT pid FROM pg_stat_activity WHERE application_name = 'keeper'`))[0]?.['pid'];
  const works = () =>
    runQuery(cluster.url('denmark'), 'SELECT 1').then(
      () => true,
      () => false,
    );

  it('are available after the loss of the connection that supervises the server', async () => {
    const before = await findKeeper();
    await runAsAdministrator(`SELECT pg_terminate_backend(${String(before)})`);
    await waitUntil('the keeper to connect again', async () => ![before, undefined].includes(await findKeeper()));
    expect(await works()).toBe(true);
  });

  it('are available after the loss of one process of the server, for which PostgreSQL closes all connections', async () => {
    const before = await findKeeper();
    process.kill(Number(before), 'SIGKILL');
    const isBack = async () =>
      (await works()) && ![before, undefined].includes(await findKeeper().catch(() => undefined));
    await waitUntil('PostgreSQL to recover, and the keeper to connect again', isBack);
  });
});

describe('the files of a cluster', () => {
  it('are kept for the next start, and for another one after the server hung, was abandoned, and could not log', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cluster-'));
    // PostgreSQL runs as another user when root starts it, and that user must get through.
    await chmod(dataDir, 0o711);
    const options = { dataDir, databases: ['denmark'] };
    try {
      const first = await startCluster({ ...options, port: await freePort() });
      await runQuery(first.url('denmark'), 'CREATE TABLE kept AS SELECT 1 AS value');
      await first.stop();
      // A disk that is full: the log cannot be written.
      const log = join(dataDir, 'postgres', 'server.log');
      await rm(log);
      await symlink('/dev/full', log);
      const lines: string[] = [];
      const onLine = (line: string): void => void lines.push(line);
      const second = await startCluster({ ...options, port: await freePort(), onLine });
      const readKept = () => runQuery(second.url('denmark'), 'SELECT * FROM kept');
      expect(await readKept()).toEqual([{ value: 1 }]);
      await expect(runQuery(second.url('denmark'), 'SELECT logged_as_an_error')).rejects.toThrow('does not exist');
      expect(await findSharedCluster(options.dataDir)).toBe(Number(new URL(second.url('denmark')).port));

      // The server hangs, and its keeper is killed.
      const server = await findPostmaster(join(dataDir, 'postgres', 'data'));
      const keeper = (await listProcesses()).find(({ pid }) => pid === server?.pid)?.parent;
      process.kill(server?.pid ?? 0, 'SIGSTOP');
      process.kill(keeper ?? 0, 'SIGKILL');
      const findServer = async (): Promise<number | undefined> =>
        (await findPostmaster(join(dataDir, 'postgres', 'data')))?.pid;
      // The server that hung may respond once more before it ends.
      await waitUntil('PostgreSQL to be started again', async () => {
        if ((await findServer()) === server?.pid) return false;
        return readKept().then(
          () => true,
          () => false,
        );
      });
      expect(await readKept()).toEqual([{ value: 1 }]);
      expect(lines).toContain('PostgreSQL stopped (SIGKILL); it starts again in 1 s');
      await second.stop();
      expect(await findSharedCluster(options.dataDir)).toBeUndefined();
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('are removed with a throw-away cluster, also when the process that started it is killed', async () => {
    const source = `
      import { startThrowawayCluster } from './dist/cli/start/cluster.js';
      const cluster = await startThrowawayCluster([]);
      console.log(cluster.administratorUrl);
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', source], {
      cwd: projectRoot,
    });
    const [url] = (await starter.stdout.take(1).toArray()) as [Buffer];
    const [{ data_directory: data } = {}] = await runQuery(url.toString().trim(), 'SHOW data_directory');
    starter.kill('SIGKILL');
    for (let wait = 0; existsSync(String(data)) && wait < 100; wait++) await sleep(100);
    expect(existsSync(String(data))).toBe(false);
    await expect(runQuery(url.toString().trim(), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });
});

it('the program that keeps PostgreSQL creates nothing when a person tries it', () => {
  const program = join(projectRoot, 'dist', 'cli', 'start', 'postgres.js');
  const tried = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8', timeout: 30_000 });
  expect(tried).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('`npm start` runs this program') as string,
  });
  expect(existsSync('--help')).toBe(false);
});
