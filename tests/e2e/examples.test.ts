import { readFileSync, writeFileSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { acrossCountries } from '../officer/across-countries.js';
import { oneConsortium } from '../officer/one-consortium.js';
import { oneCountry } from '../officer/one-country.js';
import { examples, officerOperations } from './examples.js';
import { withoutOtherCountries } from '../support/filled-countries.js';
import { startTestGraph, type TestGraph, type TestResponse } from '../support/test-graph.js';

/** The code blocks of a language on a page. */
const blocksOf = (page: string, language: string): string[] =>
  [...readProjectFile(page).matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

const toResult = ({ data, errors }: TestResponse): unknown =>
  withoutOtherCountries({ ...(errors ? { errors } : {}), data });

interface Identified {
  readonly id: string;
  readonly __typename: string;
}

/** Every object with an id in a value of JSON. */
function objectsOf(value: unknown): Identified[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...('id' in value ? [value as Identified] : []), ...Object.values(value).flatMap(objectsOf)];
}

describe('examples run as written', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    // Europe polls the countries, so that its index is never reported as stale.
    graph = await startTestGraph(1_000);
  }, 120_000);
  afterAll(() => graph.stop());

  it.each(['README.md', 'docs/queries.md'])('the query in %s returns the result printed below it', async (page) => {
    const queries = blocksOf(page, 'graphql');
    expect(queries).toHaveLength(1);
    const [result = ''] = blocksOf(page, 'json');
    expect(toResult(await graph.query(queries[0] ?? ''))).toEqual(JSON.parse(result));
  });

  it('the curl command in README.md returns solutions', async () => {
    const [, body = ''] = /-d '(.*)'/.exec(readProjectFile('README.md')) ?? [];
    const { query } = JSON.parse(body) as { query: string };
    const { data, errors } = await graph.query(query);
    expect(errors).toBeUndefined();
    expect(listAt(data, 'solutions', 'nodes').length).toBeGreaterThan(1);
  });

  // To update the expected results: UPDATE_EXPECTED=1 npx jest tests/e2e/examples, then review them.
  it.each(examples)(
    'the operation $name of the playground returns the expected result',
    async ({ name, query, variables }) => {
      const path = projectPath(`tests/e2e/expected/${name}.json`);
      const result = toResult(await graph.query(query, variables));
      if (process.env['UPDATE_EXPECTED'] !== undefined) writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
      expect(result).toEqual(JSON.parse(readFileSync(path, 'utf8')));
    },
  );

  describe('the questions of an officer', () => {
    const answers = { ...oneCountry, ...oneConsortium, ...acrossCountries };

    it('are thirty, with an operation and a check each', () => {
      const names = officerOperations.map(({ name }) => name);
      expect(names).toHaveLength(30);
      expect(Object.keys(answers).sort()).toEqual(names);
    });

    it.each(officerOperations)(
      'are answered in one request, with what is not known: $name',
      async ({ name, query }) => {
        const { data, errors } = await graph.query(query);
        expect(errors).toBeUndefined();
        answers[name]?.(data);
      },
    );
  });

  it('no two objects of the graph have the same id', async () => {
    const { data, errors } = await graph.query(`{
      catalogues { __typename id
        changes(first: 100) { nodes { __typename id } }
        consortia { nodes { __typename id
          members(first: 200) { nodes { __typename id member { __typename id } } }
          portfolio(past: true) { __typename id } claims { __typename id }
          records(first: 200) { nodes { __typename id } } } } }
      solutions(first: 200) { nodes { __typename id
        records { __typename id claims { __typename id } } adoptions(first: 200) { nodes { __typename id } } } }
    }`);
    expect(errors).toBeUndefined();
    const objects = objectsOf(data);
    const typeById = new Map(objects.map(({ id, __typename }) => [id, __typename]));
    expect(objects.filter(({ id, __typename }) => typeById.get(id) !== __typename)).toEqual([]);
    const changes = objects.filter(({ __typename }) => __typename === 'Change');
    expect(changes.length).toBeGreaterThan(200);
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    expect(new Set(objects.map(({ __typename }) => __typename)).size).toBeGreaterThan(10);
  });

  it('no expected result has an error or an empty field', () => {
    for (const { name } of examples) {
      const result = JSON.parse(readProjectFile(`tests/e2e/expected/${name}.json`)) as TestResponse;
      expect(result.errors).toBeUndefined();
      expect(Object.values(result.data ?? {})).not.toContain(null);
    }
  });
});
