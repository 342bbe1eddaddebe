import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { readProjectFile } from '../schema/files.js';
import { countries } from '../schema/values/countries.js';
import { startCatalogue } from '../services/catalogue/service.js';
import type { RunningService } from '../services/kit/http/service.js';
import { silentLogger as logger } from '../services/kit/testing/silent-logger.js';
import { startChild } from '../services/kit/testing/child-process.js';
import { createServiceDatabase, type ServiceDatabase } from '../services/kit/testing/databases.js';
import { projectRoot, scriptOf } from './start/paths.js';
import { freePort } from './start/ports.js';
import { catalogueOf } from './testing/catalogue-of.js';

describe('npm run rebuild', () => {
  const rebuild = (...args: string[]) =>
    spawnSync(process.execPath, [scriptOf('cli', 'rebuild'), ...args], {
      cwd: projectRoot,
      encoding: 'utf8',
      // If it starts in spite of its arguments, it must not find an index.
      env: { PATH: process.env['PATH'], EUROPE_DATABASE_URL: 'postgres://europe@127.0.0.1:1/none' },
    });

  it.each([[['--help']], [['-h']], [['now', '--help']]])('prints what it does and how it is used for %j', (args) => {
    const { status, stdout, stderr } = rebuild(...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run rebuild');
    expect(stdout).toContain("Empties Europe's index");
  });

  it.each([
    ['--dry-run', "Unknown option '--dry-run' (See --help.)\n"],
    ['now', 'Too many arguments. Expected 0 arguments but got 1. (See --help.)\n'],
  ])('rejects an unknown argument: %s', (argument, stderr) => {
    expect(rebuild(argument)).toMatchObject({ status: 2, stdout: '', stderr });
  });

  it('is a command of the project', () => {
    expect(readProjectFile('package.json')).toContain('node dist/cli/rebuild.js');
  });
});

describe('npm run rebuild, with running countries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-rebuild-'));
  const secret = 'x'.repeat(32);
  const databases = new Map<string, ServiceDatabase>();
  const services = new Map<string, RunningService>();
  beforeAll(async () => {
    writeFileSync(join(folder, 'sources.csv'), 'id,url\nregister,https://example.org/register\n');
    writeFileSync(
      join(folder, 'administrations.csv'),
      'id,kind,level,name_da,source,method\ndk:administration:0101,MUNICIPALITY,LOCAL,København,register,IMPORTED\n',
    );
    databases.set('EUROPE', await createServiceDatabase());
    for (const { folder: country } of countries) {
      const name = country.toUpperCase();
      const national = await catalogueOf(country);
      if (!national) throw new Error(`${country} has no catalogue.`);
      const database = await createServiceDatabase();
      databases.set(name, database);
      const service = await startCatalogue(national, {
        port: 0,
        databaseUrl: database.serviceUrl,
        migrationUrl: database.url,
        secrets: [secret],
        logger,
        tables: name === 'DENMARK' ? folder : null,
      });
      services.set(name, service);
    }
  });
  afterAll(async () => {
    for (const { stop } of services.values()) await stop();
    for (const { drop } of databases.values()) await drop();
    rmSync(folder, { recursive: true });
  });

  const run = async (changes: Readonly<Record<string, string>> = {}) => {
    const europe = databases.get('EUROPE');
    const child = startChild([scriptOf('cli', 'rebuild')], {
      DATA_DIR: folder,
      EUROPE_DATABASE_URL: europe?.serviceUrl ?? '',
      EUROPE_MIGRATION_URL: europe?.url ?? '',
      ...Object.fromEntries(
        [...services].flatMap(([name, { port }]) => [
          [`${name}_URL`, `http://127.0.0.1:${port}/subgraph`],
          [`${name}_SUBGRAPH_SECRETS`, secret],
        ]),
      ),
      ...changes,
    });
    const exitCode = await child.exit;
    const lines = child.output().trim().split('\n');
    // On a busy machine, progress is reported too.
    return { exitCode, lines: lines.filter((line) => !line.includes('entries read')) };
  };

  it('fills the index with the entries of every feed, and does so again', async () => {
    const result = {
      exitCode: '0',
      lines: countries.map(({ name }) => `${name}: ${name === 'Denmark' ? 1 : 0} entries, 0 rejected`).sort(),
    };
    expect(await run()).toEqual(result);
    expect(await run()).toEqual(result);
  });

  it('exits with 1 and does not empty the index if a country is down', async () => {
    const { exitCode, lines } = await run({ ITALY_URL: `http://127.0.0.1:${await freePort()}/subgraph` });
    expect([exitCode, lines]).toEqual([
      '1',
      [expect.stringMatching(/^the feed of italy cannot be read at http.*, so the index was not emptied: /)],
    ]);
    const index = new pg.Client(databases.get('EUROPE')?.serviceUrl);
    await index.connect();
    const { rows } = await index.query('SELECT id FROM organisation');
    await index.end();
    expect(rows).toEqual([{ id: 'dk:administration:0101' }]);
  });
});
