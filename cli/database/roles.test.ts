import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { projectPath, readProjectFile } from '../../schema/files.js';

/** Both commands run as processes, on behalf of an administrator that is not a superuser. */
const name = `own_${randomBytes(5).toString('hex')}`;
const dataDir = mkdtempSync(join(tmpdir(), 'reuse-graph-roles-'));
const superuserUrl = process.env['TEST_POSTGRES_URL'] ?? '';

const urlFor = (role: string, password: string, database = name): string =>
  Object.assign(new URL(superuserUrl), { username: role, password, pathname: `/${database}` }).href;

const addresses = (password: string) => ({
  BELGIUM_ADMINISTRATOR_URL: urlFor(`${name}_admin`, 'x', 'postgres'),
  BELGIUM_MIGRATION_URL: urlFor(`${name}_owner`, `${password} ä@`),
  BELGIUM_DATABASE_URL: urlFor(`${name}_service`, password),
  BELGIUM_SERVICE_ROLE: `${name}_service`,
});

const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [projectPath(`dist/${script}.js`), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...env },
  });
const roles = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => run('cli/database/roles', args, env);
const migrate = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => run('cli/migrate', args, env);

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<object>(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await query(superuserUrl, `CREATE ROLE ${name}_admin LOGIN CREATEROLE CREATEDB PASSWORD 'x'`);
  await query(superuserUrl, `GRANT CONNECT ON DATABASE postgres TO ${name}_admin`);
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await query(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await query(superuserUrl, `REVOKE CONNECT ON DATABASE postgres FROM ${name}_admin`);
  await query(superuserUrl, `DROP ROLE IF EXISTS ${name}_owner, ${name}_service, ${name}_admin`);
});

describe('npm run roles and npm run migrate', () => {
  it('print help, and reject an unknown service and an option that the service does not have', () => {
    for (const [script, command] of [
      ['cli/database/roles', 'npm run roles -- belgium'],
      ['cli/migrate', 'npm run migrate -- belgium'],
    ] as const) {
      expect(run(script, ['--help'], {})).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(command) as string,
      });
      expect(run(script, ['ruritania'], {})).toMatchObject({ status: 2, stdout: '' });
      expect(readProjectFile('package.json')).toContain(`node dist/${script}.js`);
    }
    expect(migrate(['belgium', '--help'], addresses('a'))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--new-feed') as string,
    });
    expect(migrate(['europe', '--new-feed'], { EUROPE_MIGRATION_URL: urlFor('x', 'y') })).toMatchObject({ status: 2 });
  });

  it('reject addresses that would give the service too many rights, without printing passwords', () => {
    const env = addresses('secret');
    for (const [wrong, message] of [
      [{ BELGIUM_MIGRATION_URL: '' }, 'BELGIUM_MIGRATION_URL or BELGIUM_MIGRATION_URL_FILE is missing'],
      [{ BELGIUM_MIGRATION_URL: env.BELGIUM_DATABASE_URL }, 'must name two roles'],
      [{ BELGIUM_MIGRATION_URL: urlFor('x', 'secret', 'other') }, 'must name one database'],
      [{ BELGIUM_DATABASE_URL: 'postgres://localhost/belgium' }, 'must name a role, its password and a database'],
    ] as const) {
      const { status, stderr } = roles(['belgium'], { ...env, ...wrong });
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(stderr.split('\n')[0]).not.toContain('secret');
    }
  });

  it('create the database and its roles, set new passwords, and migrate the schema, which the service cannot change', async () => {
    expect(roles(['belgium'], addresses('first'))).toMatchObject({ status: 0, stderr: '' });
    // Again, with other passwords.
    const env = addresses('second');
    expect(roles(['belgium'], env)).toMatchObject({
      status: 0,
      stdout: `the database ${name} belongs to ${name}_owner, and ${name}_service may connect to it\n`,
    });
    await expect(query(addresses('first').BELGIUM_DATABASE_URL, 'SELECT 1')).rejects.toThrow('password');
    await expect(query(env.BELGIUM_DATABASE_URL, 'SELECT * FROM organisation')).rejects.toThrow('does not exist');

    expect(migrate(['belgium', '--dry-run'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^belgium lacks: CreateCatalogue\d+, /) as string,
    });
    await expect(query(env.BELGIUM_DATABASE_URL, 'SELECT * FROM organisation')).rejects.toThrow('does not exist');
    expect(migrate(['belgium'], { ...env, BELGIUM_SERVICE_ROLE: 'no_such_role' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not migrated: the role "no_such_role" of the service does not exist') as string,
    });
    expect(migrate(['belgium'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('belgium is up to date now') as string,
    });
    expect(await query(env.BELGIUM_DATABASE_URL, 'SELECT * FROM organisation')).toEqual([]);
    await expect(query(env.BELGIUM_DATABASE_URL, 'DROP TABLE organisation CASCADE')).rejects.toThrow('must be owner');
  });

  it('restart the change feed only with --new-feed', async () => {
    const env = addresses('second');
    const feedId = () => query(env.BELGIUM_DATABASE_URL, 'SELECT id FROM feed');
    const before = await feedId();
    expect(migrate(['belgium'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is up to date') as string,
    });
    expect(await feedId()).toEqual(before);
    expect(migrate(['belgium', '--new-feed'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('restarted the change feed as') as string,
    });
    expect(await feedId()).not.toEqual(before);
  });
});
