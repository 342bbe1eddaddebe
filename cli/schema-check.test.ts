import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectRoot, readProjectFile } from '../schema/files.js';
import { schemaCheckCommand } from './schema-check-command.js';

const folder = mkdtempSync(join(tmpdir(), 'schema-check-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Runs the command in this process. */
async function check(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  let [stdout, stderr] = ['', ''];
  const status = await schemaCheckCommand(
    args,
    { ...process.env, ...env },
    { log: (line: string) => (stdout += `${line}\n`), error: (line: string) => (stderr += `${line}\n`) },
  );
  return { status, stdout, stderr };
}

const supergraph = readProjectFile('schema/supergraph.graphql');
/** An older supergraph: it has a field more, and an enum value less. */
const older = supergraph
  .replace(/^type LocalisedText .*\{$/m, '$&\n  "Removed since." script: String')
  .replace(/^ *"""A local police zone."""\n.*\n/m, '');

it('exits with 0 if nothing changes', async () => {
  const path = file('same.graphql', supergraph);
  expect(await check(['--against', path])).toEqual({
    status: 0,
    stdout: `Against ${path}: 0 breaking, 0 dangerous for clients.\n`,
    stderr: '',
  });
});

it('lists breaking and dangerous changes, and exits with 1', async () => {
  const path = file('older.graphql', older);
  expect(await check(['--against', path])).toEqual({
    status: 1,
    stdout: [
      'breaking: LocalisedText.script was removed.',
      'dangerous: POLICE_ZONE was added to enum type AdministrationKind.',
      `Against ${path}: 1 breaking, 1 dangerous for clients. How to change the contract without breaking clients: schema/README.md.`,
      '',
    ].join('\n'),
    stderr: '',
  });
});

it('compares with the last commit, or with any other', async () => {
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'schema'), { recursive: true });
  const path = join(repository, 'schema/supergraph.graphql');
  const git = (...args: string[]) => spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
  const commit = (content: string): void => {
    writeFileSync(path, content);
    git('add', '.');
    expect(git('-c', 'user.name=n', '-c', 'user.email=e@example.org', 'commit', '-qm', 'x').stderr).toBe('');
  };
  git('init', '-q');
  commit(older);
  commit(supergraph);
  const env = { GIT_DIR: join(repository, '.git') };
  const head = await check([], env);
  expect(head.stdout).toMatch(/^Against HEAD: 0 breaking/);
  expect(head.status).toBe(0);
  const earlier = await check(['--against', 'HEAD~1'], env);
  expect(earlier.stdout).toContain('LocalisedText.script was removed');
  expect(earlier.status).toBe(1);
});

it.each([
  ['an unknown ref', ['--against', 'no-such-ref'], /no-such-ref.*not a file, and git reports: fatal/],
  ['a folder', ['--against', tmpdir()], /Cannot read the schema of .*: EISDIR/],
  ['a file that is not SDL', ['--against', 'package.json'], /package\.json.*Syntax Error.*\(line \d+\)/],
  [
    'SDL that is not a schema',
    ['--against', file('types.graphql', 'scalar Nothing')],
    /Query root type must be provided/,
  ],
  ['an unknown option', ['--agianst', 'HEAD'], /--agianst.*--help/],
])('reports %s in one line and exits with 2', async (_what, args, line) => {
  const { status, stdout, stderr } = await check(args);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toMatch(line);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

// In a process of its own, as it is typed.
it('prints help with an example', () => {
  const { status, stdout } = spawnSync(process.execPath, ['dist/cli/schema-check.js', '--help'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect(stdout).toContain('npm run schema:check -- --against main');
  expect(status).toBe(0);
});
