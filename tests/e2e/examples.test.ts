import { readFileSync, writeFileSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { acrossCountries } from '../officer/across-countries.js';
import { oneConsortium } from '../officer/one-consortium.js';
import { oneCountry } from '../officer/one-country.js';
import { examples, officerOperations } from './examples.js';
import { withoutOtherCountries } from '../support/filled-countries.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { checkText, findHolders } from './reuse-check-scenarios.js';
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
    graph = await startTestGraph({ followIntervalMs: 1_000, tables: 'whole' });
  }, 300_000);
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
        answers[name]?.(withoutOtherCountries(data));
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

  describe('a reuse check', () => {
    const namur = 'be:administration:92094';

    it('finds who publishes council decisions in Belgium with what, and Danish and Italian solutions for it', async () => {
      const holders = await findHolders(graph, 'be:need:publish-council-decisions', 'BE');
      expect(holders?.totalCount).toBe(575);
      expect(new Set(holders?.nodes.flatMap(({ metBy }) => metBy)).size).toBeGreaterThan(3);
      const { candidates } = await checkText(
        graph,
        'Publish council decisions and administrative acts, for transparency',
        namur,
      );
      const countries = new Set(candidates.flatMap(({ solution }) => solution.publishedIn));
      expect([...countries].sort()).toEqual(['BE', 'DK', 'IT']);
    });

    it('finds the Danish municipalities with a library website', async () => {
      const holders = await findHolders(graph, 'dk:need:library-website', 'DK');
      expect(holders?.states).toContainEqual(expect.objectContaining({ state: 'MET', holders: 93 }));
    });

    it('finds a measure of the PNRR with its budget in a region', async () => {
      const holders = await findHolders(graph, 'it:need:pnrr-website', 'ITC1');
      const funded = holders?.states.find(({ amounts }) => amounts.length > 0);
      expect(funded?.amounts).toEqual([{ amount: expect.stringMatching(/^\d{6,}/) as string, currency: 'EUR' }]);
      expect(funded?.holders).toBeGreaterThan(100);
    });

    it('for Namur, which looks for meeting management, states that it may join IMIO, peers in three countries, and what is unknown', async () => {
      const { candidates } = await checkText(graph, 'Gestion des séances du conseil communal', namur);
      const plone = candidates.find(({ solutionId }) => solutionId.includes('plonemeeting'));
      expect(plone?.mayJoin).toMatchObject({ answer: 'YES', consortiumId: 'be:consortium:0841470248' });
      expect(plone?.mayJoin.source).not.toBeNull();
      expect(plone?.unknown).toContain('COST');
      const { data } = await graph.query(`{ peers(of: "${namur}", first: 20) { nodes { administrationId } } }`);
      const ids = listAt(data, 'peers', 'nodes') as { administrationId: string }[];
      expect(new Set(ids.map(({ administrationId }) => administrationId.slice(0, 2)))).toEqual(
        new Set(['be', 'dk', 'it']),
      );
    });

    it('names a country that is down, and returns the rest', async () => {
      await graph.stopSubgraphs(['italy']);
      await waitUntil('the check to name Italy', async () => {
        const { notConsidered, candidates } = await checkText(graph, 'Gestion des séances du conseil communal', namur);
        return (
          candidates.length > 0 &&
          notConsidered.some(({ country, reason }) => country === 'IT' && reason === 'UNAVAILABLE')
        );
      });
      await graph.stopSubgraphs([]);
    });
  });

  it('no expected result has an error or an empty field', () => {
    for (const { name } of examples) {
      const result = JSON.parse(readProjectFile(`tests/e2e/expected/${name}.json`)) as TestResponse;
      expect(result.errors).toBeUndefined();
      expect(Object.values(result.data ?? {})).not.toContain(null);
    }
  });
});
