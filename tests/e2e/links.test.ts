import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';

const parts = ['bench', 'cli', 'docker', 'docs', 'gateway', 'schema', 'services', 'tests'];

/** The files in a folder, by their path in the project. */
const filesIn = (part: string): string[] =>
  readdirSync(projectPath(part), { recursive: true, encoding: 'utf8' }).map((path) => join(part, path));

/** Every page of the project. */
const pages = [...readdirSync(projectPath('.')), ...parts.flatMap(filesIn)].filter((path) => path.endsWith('.md'));

/** The text of a page outside of its code blocks. */
const readProse = (page: string): string => readProjectFile(page).replace(/^ *```[^]*?^ *```$/gm, '');

/** `## Log in` -> `log-in`, as GitHub makes an anchor of a heading. */
const anchorsIn = (page: string): string[] =>
  [...readProse(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

function exists(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : normalize(join(dirname(page), file));
  if (!existsSync(projectPath(path))) return false;
  return anchor === undefined || (statSync(projectPath(path)).isFile() && anchorsIn(path).includes(anchor));
}

describe.each(pages)('%s', (page) => {
  const prose = readProse(page);

  it('has only links to existing files and headings', () => {
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !/^https?:/.test(target) && !exists(page, target))).toEqual([]);
  });

  it('names only existing files', () => {
    // `services/*/schema.graphql` and `services/<country>/` are patterns; two more are created by a command on the page.
    const named = [...prose.matchAll(/`((?:bench|cli|docker|docs|gateway|schema|services|tests)\/[^`\s]*)`/g)].map(
      ([, path = '']) => path,
    );
    const isLiteral = (path: string): boolean => !/[*<…]|\/france\/|^docker\/secrets/.test(path);
    expect(named.filter((path) => isLiteral(path) && !existsSync(projectPath(path)))).toEqual([]);
  });

  it('names only existing commands', () => {
    const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> };
    const named = [...readProjectFile(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)];
    expect(named.map(([, script = '']) => script).filter((script) => !(script in scripts))).toEqual([]);
  });
});

it('there are pages, and the list of decisions is complete', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/tutorial.md']));
  const folder = 'docs/decisions';
  const list = readProjectFile(`${folder}/README.md`);
  for (const file of readdirSync(projectPath(folder)).filter((name) => /^\d/.test(name))) {
    const [title = ''] = readProjectFile(`${folder}/${file}`).split('\n', 1);
    expect(list).toContain(`[${title.replace(/^# /, '')}](${file})`);
  }
});

/** The codes in a file: of errors by their property `code`, or the first argument of what creates them. */
const codesIn = (path: string): string[] =>
  [
    ...readProjectFile(path).matchAll(
      /\b(?:code|inputCode)(?::| =) '([A-Z_]+)'|\b(?:\w*Error|super|fail)\(\s*'([A-Z_]+)'|\btoAuthError\([^)]*?'([A-Z_]+)'/g,
    ),
  ].flatMap(([, ...codes]) => codes.filter(Boolean));

it('the documentation lists every error code in the code', () => {
  // Codes of countries and of their identifiers are no errors, and the schema describes the failures of mutations.
  const folders = ['testing', 'generated', 'mutations', ...countries.map(({ folder }) => folder)];
  const isOther = new RegExp(String.raw`\.test\.ts$|/(?:${folders.join('|')})/|(?:countries|national-fields)\.ts$`);
  const sources = ['gateway', 'schema/values', 'services'].flatMap(filesIn);
  const codes = new Set(sources.filter((path) => path.endsWith('.ts') && !isOther.test(path)).flatMap(codesIn));
  expect([...codes]).toEqual(
    expect.arrayContaining(['RATE_LIMITED', 'INVALID_ID', 'INVALID_DATE', 'ISSUER_UNAVAILABLE']),
  );
  const text = ['errors', 'editing', 'operations'].map((page) => readProjectFile(`docs/${page}.md`)).join();
  expect([...codes].filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
});
