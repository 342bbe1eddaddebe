import type { Country } from '../../schema/values/countries.js';
import * as tables from '../../services/catalogue/import/tables/table-definitions.js';
import type { MemberState } from './member-states.js';

/**
 * The files of a new country's folder, by their paths in it: those of its siblings, with nothing in them that is its own yet. What adds
 * no fields has no national.graphql.
 */
export const newFiles = ({ code, name, folder, adjective }: Country, state: MemberState): ReadonlyMap<string, string> =>
  new Map([
    ['README.md', readme(name)],
    ['catalogue.ts', catalogue(code, name, folder, state.languages)],
    ['import.ts', entry('commands/import', 'runImport', folder)],
    ['main.ts', entry('service', 'runCatalogue', folder)],
    ['migrate.ts', entry('commands/migrate', 'runMigrate', folder)],
    ['quality.ts', entry('commands/quality', 'runQuality', folder)],
    [`${folder}.test.ts`, test(code, name, folder, adjective)],
    ...Object.values(tables).flatMap((table) =>
      'file' in table ? [[`data/${table.file}`, header(table, state.languages)] as const] : [],
    ),
  ]);

const entry = (
  module: string,
  run: string,
  folder: string,
): string => `import { ${run} } from '../catalogue/${module}.js';
import { ${folder} } from './catalogue.js';

await ${run}(${folder});
`;

const catalogue = (
  code: string,
  name: string,
  folder: string,
  languages: readonly string[],
): string => `import { europeanSchemes, type NationalCatalogue } from '../catalogue/model/national-catalogue.js';

/** What is national. */
export const ${folder}: NationalCatalogue = {
  code: '${code}',
  // The first is the title that is shown by default: add it in your own language.
  titles: [{ language: 'en', text: '${name}’s catalogue of shared public IT solutions' }],
  languages: [${[...new Set([...languages, 'en'])].map((language) => `'${language}'`).join(', ')}],
  // Registers whose codes lead to your bodies; their names begin with ${code}_.
  schemes: [...europeanSchemes('${code}')],
  nationalColumns: [],
  administrationFields: {},
  consortiumFields: {},
};
`;

const readme = (name: string): string => `# ${name}

The catalogue of ${name}. \`data/\` contains the tables, in the format of [\`services/catalogue/import\`](../catalogue/import/README.md).
The tables are empty.

## Sources

None yet. Each row will name its source.

## Completeness

No list is complete: every denominator is null.
`;

const test = (
  code: string,
  name: string,
  folder: string,
  adjective: string,
): string => `import { startTestCatalogue, type TestCatalogue } from '../catalogue/testing/test-catalogue.js';
import { ${folder} } from './catalogue.js';

describe('${name}', () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await startTestCatalogue(${folder});
  });
  afterAll(() => catalogue.close());

  it('imported every row of its tables', async () => {
    const runs = await catalogue.database.query(
      "SELECT report -> 'problems' AS problems, report -> 'contradictions' AS contradictions FROM import_run",
    );
    expect(runs).toEqual([{ problems: [], contradictions: [] }]);
  });

  it('says who it is', async () => {
    expect(await catalogue.ask('{ ${folder} { id country title } }')).toEqual({
      ${folder}: {
        id: '${code.toLowerCase()}:catalogue',
        country: '${code}',
        title: '${name}’s catalogue of shared public IT solutions',
      },
    });
  });

  it('knows nobody whom it does not have', async () => {
    const query = '{ _entities(representations: [{ __typename: "${adjective}Administration", ref: "${code.toLowerCase()}:administration:nobody" }]) { __typename } }';
    expect((await catalogue.refer(query)).data?.['_entities']).toEqual([null]);
  });
});
`;

/** The columns of a table, those that stand once for each language in the country's own. */
const header = (table: tables.Table, languages: readonly string[]): string =>
  `${[
    ...Object.keys(table.cells),
    ...(table.languages ?? []).flatMap((beginning) => languages.map((language) => beginning + language)),
  ].join(',')}\n`;
