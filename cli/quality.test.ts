import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readProjectFile } from '../schema/files.js';
import { countries } from '../schema/values/countries.js';
import { resolveCatalogue } from '../services/catalogue/model/national-catalogue.js';
import { openCatalogue } from '../services/catalogue/open-catalogue.js';
import { denmark } from '../services/denmark/catalogue.js';
import { silentLogger as logger } from '../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../services/kit/testing/databases.js';
import { runCommand } from './testing/run-command.js';

const names = countries.map(({ folder }) => folder).join(', ');

/** The command as a process, on a database with two organisations, one of which has no code. */
describe('npm run quality', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-quality-'));
  let database: ServiceDatabase;
  beforeAll(async () => {
    database = await createServiceDatabase();
    const tables = {
      sources: 'id,url\nregister,https://example.org/register\n',
      administrations:
        'id,kind,level,name_da,source,method\n' +
        'dk:administration:0101,MUNICIPALITY,LOCAL,København,register,IMPORTED\n' +
        'dk:administration:0147,MUNICIPALITY,LOCAL,Frederiksberg,register,IMPORTED\n',
      identifiers: 'organisation,scheme,notation\ndk:administration:0101,DK_KOMMUNE,0101\n',
    };
    for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), text);
    const catalogue = await openCatalogue(resolveCatalogue(denmark), {
      databaseUrl: database.serviceUrl,
      migrationUrl: database.url,
      logger,
      tables: folder,
    });
    await catalogue.close();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]) =>
    runCommand('quality', args, { DATA_DIR: folder, DENMARK_DATABASE_URL: database.serviceUrl });

  it('prints the issues with their ids, and writes the whole report as JSON', () => {
    const report = join(folder, 'report.json');
    const { status, stdout, stderr } = run('denmark', '--report', report);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('dk:administration:0147');
    expect(stdout).not.toContain('dk:administration:0101');
    expect(readFileSync(report, 'utf8')).toContain('dk:administration:0147');
  });

  it('prints how it is used', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run quality -- italy') as string,
    });
    expect(run('denmark', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run quality -- denmark') as string,
    });
    expect(readProjectFile('package.json')).toContain('node dist/cli/quality.js');
  });

  it.each([
    ['no country', [], `The first argument must be one of ${names}. It is missing.`],
    ['an unknown country', ['ruritania'], `The first argument must be one of ${names}. It is "ruritania".`],
    ['an unknown option', ['denmark', '--json'], "Unknown option '--json'"],
  ])('exits with 2 and a message for %s', (_what, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('exits with 1 if the database is unreachable', () => {
    const { status, stderr } = runCommand('quality', ['denmark'], {
      DATA_DIR: folder,
      DENMARK_DATABASE_URL: 'postgres://denmark:secret@127.0.0.1:9/denmark',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('127.0.0.1:9')]);
    expect(stderr).not.toContain('secret');
  });
});
