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

import { projectRoot } from '../start/paths.js';
import { countryCommand } from './country-command.js';
import { memberStates } from './member-states.js';

/** A copy of the project as far as a country needs it: what is written there is nobody's. */
const copy = mkdtempSync(join(tmpdir(), 'reuse-graph-country-'));
beforeAll(() => {
  for (const part of ['schema', 'services', 'cli/new-country', 'cli/start', 'tsconfig.json', '.prettierignore']) {
    cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  // The tests of the copy use the PostgreSQL that runs already.
  const { jest, ...rest } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    jest: Record<string, unknown>;
  };
  const { globalSetup: _setup, globalTeardown: _teardown, ...ofCopy } = jest;
  const own = { ...rest, jest: { ...ofCopy, roots: ['<rootDir>/services'] } };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(own));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, stdout, stderr };
};
const list = (): string => readFileSync(join(copy, 'schema/values/countries.ts'), 'utf8');

/** The command in this process: what it refuses, and what it only says. */
function say(...args: string[]) {
  const [said, complained]: [string[], string[]] = [[], []];
  const code = countryCommand(args, copy, {
    log: (line: string) => said.push(line),
    error: (line: string) => complained.push(line),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

it('says what it would write, and writes nothing', () => {
  const before = list();
  const { code, said } = say('new', 'fr', '--dry-run');
  expect(said).toContain('services/france/catalogue.ts');
  expect(said).toContain("{ code: 'FR', name: 'France', folder: 'france', adjective: 'French', port: 4004 },");
  expect(code).toBe(0);
  expect(existsSync(join(copy, 'services/france'))).toBe(false);
  expect(list()).toBe(before);
});

it.each([
  [['new', 'Atlantis'], 1, /"Atlantis" is no member state of the European Union; there is Austria, Belgium, /],
  [['new', 'Denmark'], 1, /Denmark stands in schema\/values\/countries\.ts already/],
  [['new'], 2, /npm run country -- new France/],
  [['new', 'France', '--dry'], 2, /There is no option "--dry"/],
  [['old', 'France'], 2, /npm run country -- new France/],
  [['new', 'France', 'Spain'], 2, /npm run country -- new France/],
])('refuses %s', (args, code, message) => {
  const before = list();
  const refused = say(...args);
  expect(refused.complained).toMatch(message);
  expect(refused.code).toBe(code);
  expect(list()).toBe(before);
});

it('changes nothing when the generated files cannot be written', () => {
  const contract = join(copy, 'services/denmark/national.graphql');
  const text = readFileSync(contract, 'utf8');
  const before = list();
  writeFileSync(contract, `${text}\ntype {`);
  const { status, stderr } = node('--import', 'tsx', 'cli/new-country/country.ts', 'new', 'Malta');
  writeFileSync(contract, text);
  expect(stderr).toMatch(/Nothing was changed: .*\n.*Syntax Error/s);
  expect(status).toBe(1);
  expect(existsSync(join(copy, 'services/malta'))).toBe(false);
  expect(list()).toBe(before);
});

it('makes a country that composes and passes its tests with an empty catalogue', () => {
  const made = node('--import', 'tsx', 'cli/new-country/country.ts', 'new', 'France');
  expect(made.stderr).toBe('');
  expect(made.stdout).toContain('France has a place. Start it with: npm start -- france');
  expect(readFileSync(join(copy, 'schema/supergraph.graphql'), 'utf8')).toContain('type FrenchAdministration');
  expect(readFileSync(join(copy, 'services/europe/schema.graphql'), 'utf8')).toContain('type FrenchAdministration');
  const filesOf = (country: string): string[] =>
    readdirSync(join(copy, 'services', country), { recursive: true }).map((path) => String(path).replace(country, '*'));
  expect(filesOf('france').sort()).toEqual(
    filesOf('italy')
      .filter((path) => path !== 'national.graphql')
      .sort(),
  );
  expect(node('node_modules/prettier/bin/prettier.cjs', '--check', 'services/france').status).toBe(0);
  const tested = node('node_modules/jest/bin/jest.js', 'services/france');
  expect(tested.stderr).toMatch(/^Tests: +3 passed, 3 total$/m);
  expect(tested.status).toBe(0);
  const again = node('--import', 'tsx', 'cli/new-country/country.ts', 'new', 'France');
  expect(again.stderr).toBe('France stands in schema/values/countries.ts already.\n');
}, 120_000);

it('knows every member state once', () => {
  expect(memberStates).toHaveLength(27);
  for (const key of ['code', 'name', 'adjective'] as const) {
    expect(new Set(memberStates.map((state) => state[key])).size).toBe(27);
  }
});
