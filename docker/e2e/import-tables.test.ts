import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../../schema/files.js';
import { createTestDatabase, type TestDatabase } from '../../services/kit/testing.js';

/** The import of tables as people run it, with Denmark's own tables, on a database of the test's own. */
describe('npm run import -- denmark <tables>', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-own-'));
  const tables = join(folder, 'tables');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    cpSync(projectPath('services/denmark/data'), tables, { recursive: true });
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [projectPath('dist/docker/embedded/import.js'), 'denmark', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DENMARK_DATABASE_URL: database.url },
    });
  const edit = (file: string, change: (content: string) => string): void => {
    const path = join(tables, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };

  it('first says what it would do, then does it, then has nothing to do', () => {
    expect(run(tables, '--dry-run')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^Nothing was written: this was a dry run\.\nadministrations\.csv: 105 created\n/,
      ) as string,
    });
    expect(run(tables).stdout).toMatch(/^administrations\.csv: 105 created\n[^]*memberships\.csv: 31 created\n/);
    expect(run(tables).stdout).toMatch(/^administrations\.csv: 105 unchanged\n[^]*memberships\.csv: 31 unchanged\n/);
  });

  it('needs a choice for a row that vanished, and does what was chosen', () => {
    edit('memberships.csv', (content) => content.replace(/^dk:membership:os2-0151,.*\n/m, ''));
    const report = join(folder, 'report.json');
    expect(run(tables, '--report', report)).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(
        /^Nothing was written: rows vanished[^]*memberships\.csv: dk:membership:os2-0151\n[^]*--missing keep/,
      ) as string,
    });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      missing: null,
      vanished: [{ file: 'memberships.csv', id: 'dk:membership:os2-0151', outcome: null }],
    });
    const end = ['--missing', 'end', '--on', '2026-01-01'];
    const says = /Vanished from their table, and ended on 2026-01-01:\n {2}memberships\.csv: dk:membership:os2-0151/;
    expect(run(tables, ...end, '--dry-run')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(says) as string,
    });
    expect(run(tables, ...end)).toMatchObject({ status: 0, stdout: expect.stringMatching(says) as string });
    expect(run(tables)).toMatchObject({ status: 0, stdout: expect.not.stringContaining('Vanished') as string });
  });

  it('takes names, and leaves out what cannot be used', () => {
    appendFileSync(
      join(tables, 'memberships.csv'),
      [
        'dk:membership:os2-0151,OS2,Ballerup Kommune,FOUNDER,2012-04-24,DAY,,,,,os2-bylaws,2026-03-17,,',
        'dk:membership:os2-nobody,OS2,Nowhere,MEMBER,2012-04-24,DAY,,,,,os2-bylaws,2026-03-17,,\n',
      ].join('\n'),
    );
    expect(run(join(tables, 'memberships.csv'))).toMatchObject({
      status: 4,
      stdout: expect.stringMatching(
        /memberships\.csv: 1 changed, 30 unchanged, 1 rejected\n[^]*"Ballerup Kommune" is dk:administration:0151 \(100 % sure\)[^]*Unknown names[^]*"Nowhere"/,
      ) as string,
    });
  });
});
