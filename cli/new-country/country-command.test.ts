import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { countries } from '../../schema/values/countries.js';
import { projectRoot } from '../start/paths.js';
import { countryCommand } from './country-command.js';
import { type MemberState, memberStates } from './member-states.js';

/** A copy of the parts of the project that a country needs, for the command to write to. */
const copy = mkdtempSync(join(tmpdir(), 'reuse-graph-country-'));
beforeAll(() => {
  for (const part of ['schema', 'services', 'cli', 'gateway', 'tsconfig.json', '.oxfmtrc.json']) {
    cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  // The tests of the copy use the PostgreSQL that runs already.
  const manifest = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  const { jest, ...rest } = JSON.parse(manifest.replaceAll('<rootDir>/dist', join(projectRoot, 'dist'))) as {
    jest: Record<string, unknown>;
  };
  const { globalSetup: _setup, globalTeardown: _teardown, ...ofCopy } = jest;
  const own = { ...rest, jest: { ...ofCopy, roots: ['<rootDir>/services', '<rootDir>/schema'] } };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(own));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

/** Countries that are not in the list, however long it is. */
const [state, other] = memberStates.filter(({ code }) => countries.every((country) => country.code !== code)) as [
  MemberState,
  MemberState,
];
const folder = state.name.toLowerCase();

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, stdout, stderr };
};
const list = (): string => readFileSync(join(copy, 'schema/values/countries.ts'), 'utf8');

/** Runs the command in this process. */
async function run(...args: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const code = await countryCommand(args, copy, {
    log: (line: string) => stdout.push(line),
    error: (line: string) => stderr.push(line),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

it('prints what it would write with --dry-run, and writes nothing', async () => {
  const before = list();
  const { code, stdout } = await run('new', state.code.toLowerCase(), '--dry-run');
  expect(stdout).toContain(`services/${folder}/catalogue.ts`);
  expect(stdout).toContain(
    `{ code: '${state.code}', name: '${state.name}', folder: '${folder}', adjective: '${state.adjective}', port: ${4001 + countries.length} },`,
  );
  expect(code).toBe(0);
  expect(existsSync(join(copy, 'services', folder))).toBe(false);
  expect(list()).toBe(before);
});

it('prints help with an example', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('npm run country -- new France --dry-run');
});

it.each([
  [['new', 'Atlantis'], 1, /"Atlantis" is not a member state of the European Union. They are Austria, Belgium, /],
  [['new', 'Denmark'], 1, /Denmark is in schema\/values\/countries\.ts already/],
  [['new'], 2, /Missing required argument 'country'/],
  [['new', state.name, '--dry'], 2, /Unknown option '--dry' \(See --help/],
  [['old', state.name], 2, /Allowed choices are new/],
  [['new', state.name, other.name], 2, /Expected 2 arguments but got 3/],
])('rejects %j', async (args, code, message) => {
  const before = list();
  const rejected = await run(...args);
  expect(rejected.stderr).toMatch(message);
  expect(rejected.code).toBe(code);
  expect(list()).toBe(before);
});

it('changes nothing when the generated files cannot be written', async () => {
  const contract = join(copy, 'services/denmark/national.graphql');
  const text = readFileSync(contract, 'utf8');
  const before = list();
  writeFileSync(contract, `${text}\ntype {`);
  const { code, stderr } = await run('new', other.name);
  writeFileSync(contract, text);
  expect(stderr).toMatch(/Nothing was changed: .*\n.*Syntax Error/s);
  expect(code).toBe(1);
  expect(existsSync(join(copy, 'services', other.name.toLowerCase()))).toBe(false);
  expect(list()).toBe(before);
});

it('creates a country that composes and passes its tests with an empty catalogue', async () => {
  // In a process of its own, as it is typed.
  const created = node('--import', 'tsx', 'cli/new-country/country.ts', 'new', state.name);
  expect(created.stderr).toBe('');
  expect(created.stdout).toContain(`${state.name} is created. Start it with: npm start -- ${folder}`);
  expect(readFileSync(join(copy, 'schema/supergraph.graphql'), 'utf8')).toContain(
    `type ${state.adjective}Administration`,
  );
  expect(readFileSync(join(copy, 'services/europe/schema.graphql'), 'utf8')).toContain(
    `type ${state.adjective}Administration`,
  );
  const filesOf = (country: string): string[] =>
    readdirSync(join(copy, 'services', country), { recursive: true }).map((path) => String(path).replace(country, '*'));
  expect(filesOf(folder).sort()).toEqual(
    filesOf('italy')
      .filter((path) => path !== 'national.graphql')
      .sort(),
  );
  expect(node('node_modules/oxfmt/bin/oxfmt', '--check', `services/${folder}`).status).toBe(0);
  // Tests of other parts are independent of the list too.
  const tested = node('node_modules/jest/bin/jest.js', `services/${folder}`, 'schema/lint/lint');
  expect(tested.stderr).toMatch(/^Test Suites: 2 passed, 2 total$/m);
  expect(tested.status).toBe(0);
  const again = await run('new', state.name);
  expect(again.stderr).toBe(`${state.name} is in schema/values/countries.ts already.`);
}, 300_000);

it('lists every member state once', () => {
  expect(memberStates).toHaveLength(27);
  for (const key of ['code', 'name', 'adjective'] as const) {
    expect(new Set(memberStates.map((state) => state[key])).size).toBe(27);
  }
});
