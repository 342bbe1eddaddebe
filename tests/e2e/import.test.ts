import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand } from '../../cli/testing/run-command.js';
import { readProjectFile } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';

const names = countries.map(({ folder }) => folder).join(', ');

/** The command in its own process, on a database of the test. */
describe('npm run import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-import-'));
  let database: ServiceDatabase;
  beforeAll(async () => {
    database = await createServiceDatabase();
    writeFileSync(
      join(folder, 'publiccode.yml'),
      'publiccodeYmlVersion: "0.4"\nname: Thing\nurl: https://github.com/x/thing\nusedBy: [Aarhus Kommune]\n',
    );
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) =>
    runCommand('import', args, {
      DATA_DIR: folder,
      DENMARK_DATABASE_URL: database.serviceUrl,
      DENMARK_MIGRATION_URL: database.url,
    });

  it('prints help', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run import -- italy') as string,
    });
    expect(run('denmark', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run import -- denmark') as string,
    });
    expect(readProjectFile('package.json')).toContain('node dist/cli/import.js');
  });

  it.each([
    ['no country', [], `The first argument must be one of ${names}. It is missing. (See --help.)`],
    ['an unknown country', ['ruritania'], `The first argument must be one of ${names}. It is "ruritania".`],
    ['nothing to import', ['denmark'], 'Name the tables, files, folders or lists to import'],
    ['a path that is not there', ['denmark', 'no/where'], 'There is no file or folder no/where.'],
    ['an unknown option', ['denmark', '--dryrun'], "Unknown option '--dryrun'"],
  ])('rejects %s with exit code 2', (_case, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout + stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stdout + stderr).not.toContain('    at ');
  });

  it('reports the changes in a dry run, then writes them, then has no changes', () => {
    const report = join(folder, 'report.json');
    expect(run('denmark', folder, '--dry-run', '--report', report)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^Nothing was written: this was a dry run\.\n1 files: 1 new, 0 changed, 0 unchanged records/,
      ) as string,
    });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      dryRun: true,
      files: [{ address: 'github.com/x/thing', users: { named: 1, matched: 1, open: [] } }],
    });
    expect(run('denmark', folder).stdout).toMatch(
      /^1 files: 1 new, 0 changed, 0 unchanged records, 0 rejected\n1 users named, 1 matched \(100 %\): 1 new/,
    );
    expect(run('denmark', folder).stdout).toMatch(/^1 files: 0 new, 0 changed, 1 unchanged records/);
  });
});
