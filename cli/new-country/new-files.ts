import type { Country } from '../../schema/values/countries.js';
import * as tables from '../../services/catalogue/import/tables/table-definitions.js';
import type { MemberState } from './member-states.js';

/**
 * The files of a new country's folder, by their paths in it: the same as for other countries, without national content. A country
 * that adds no fields has no national.graphql.
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

/** The national part of the catalogue. */
export const ${folder}: NationalCatalogue = {
  code: '${code}',
  // The first is the title that is shown by default: add it in your own language.
  titles: [{ language: 'en', text: '${name}’s catalogue of shared public IT solutions' }],
  languages: [${[...new Set([...languages, 'en'])].map((language) => `'${language}'`).join(', ')}],
  // Registers whose codes identify your organisations; their names begin with ${code}_.
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

  it('imports every row of its tables', async () => {
    const runs = await catalogue.database.query(
      "SELECT report -> 'problems' AS problems, report -> 'contradictions' AS contradictions, report -> 'suspicious' AS suspicious FROM import_run",
    );
    expect(runs).toEqual([{ problems: [], contradictions: [], suspicious: [] }]);
  });

  it('states its id, country and title', async () => {
    expect(await catalogue.query('{ ${folder} { id country title } }')).toEqual({
      ${folder}: {
        id: '${code.toLowerCase()}:catalogue',
        country: '${code}',
        title: '${name}’s catalogue of shared public IT solutions',
      },
    });
  });

  it('resolves an unknown reference to null', async () => {
    const query = '{ _entities(representations: [{ __typename: "${adjective}Administration", ref: "${code.toLowerCase()}:administration:unknown" }]) { __typename } }';
    expect((await catalogue.executeAsGateway(query)).data?.['_entities']).toEqual([null]);
  });
});
`;

/** The header line of a table; a column with a language exists once for each language of the country. */
const header = (table: tables.Table, languages: readonly string[]): string =>
  `${[
    ...Object.keys(table.cells),
    ...(table.languages ?? []).flatMap((beginning) => languages.map((language) => beginning + language)),
  ].join(',')}\n`;
