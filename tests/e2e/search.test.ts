import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../schema/files.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

/** What somebody searches for, and what must come of it: see the columns in search-words.csv. */
interface Row {
  readonly language: string;
  readonly search: string;
  /** Ids of records, `, ` between those of which any may come first and ` > ` before those that come after. */
  readonly must: string;
  readonly must_not: string;
}

const rows = parse<Row>(readProjectFile('tests/e2e/search-words.csv'), { columns: true, bom: true });

const idsOf = (text: string): string[] => (text === '' ? [] : text.split(', '));

let world: TestGraph;
beforeAll(async () => {
  world = await startTestGraph();
}, 60_000);
afterAll(() => world.stop());

interface Found {
  readonly nodes: readonly { readonly records: readonly { readonly id: string }[] }[];
}

/** The ids of the records of each solution found, the best match first. */
async function find(search: string): Promise<string[][]> {
  const answer = await world.ask(
    'query ($search: String!) { solutions(search: $search, first: 200) { nodes { records { id } } } }',
    { search },
  );
  expect(answer.errors).toBeUndefined();
  return (answer.data?.['solutions'] as Found).nodes.map(({ records }) => records.map(({ id }) => id));
}

describe('solutions of three countries, searched in six languages', () => {
  it.each(rows)('$language: $search', async ({ search, must, must_not }) => {
    const found = await find(search);
    const ids = found.flat();
    const groups = must.split(' > ').map(idsOf);
    expect({
      missing: groups.flat().filter((id) => !ids.includes(id)),
      wrong: idsOf(must_not).filter((id) => ids.includes(id)),
    }).toEqual({ missing: [], wrong: [] });
    const placeOf = (id: string): number => found.findIndex((records) => records.includes(id));
    const groupsInOrder = groups.flatMap((group, number) => group.map((id) => ({ id, number, place: placeOf(id) })));
    groupsInOrder.sort((one, other) => one.place - other.place || one.number - other.number);
    expect(groupsInOrder.map(({ id }) => id)).toEqual(
      [...groupsInOrder].sort((one, other) => one.number - other.number).map(({ id }) => id),
    );
  });
});

interface Body {
  readonly id: string;
  readonly name: string;
}

interface Hit {
  readonly publishers: readonly Body[];
  readonly maintainers: readonly Body[];
  readonly adoptions: { readonly nodes: readonly { readonly administration: Body | null }[] };
}

describe('a search that names the organisations of what it finds', () => {
  const query = `query Search($search: String!, $first: Int!) {
    solutions(search: $search, first: $first) {
      totalCount
      nodes {
        name
        publishers { id name }
        maintainers { id name }
        adoptions(first: 10) { nodes { administration { id name } } }
      }
    }
  }`;

  /** Who is named on each of the ways from a solution to an organisation. */
  const ways: readonly ((hit: Hit) => readonly (Body | null)[])[] = [
    ({ publishers }) => publishers,
    ({ maintainers }) => maintainers,
    ({ adoptions }) => adoptions.nodes.map(({ administration }) => administration),
  ];

  /** How often a country is asked: once for all ways on which it is reached. */
  const requestsTo = (country: string, hits: readonly Hit[]): number =>
    hits.some((hit) => ways.some((way) => way(hit).some((body) => body?.id.startsWith(`${country}:`)))) ? 1 : 0;

  const search = async (words: string, first: number) => {
    const { data, errors, cost } = await world.queryWithCost(query, { search: words, first });
    expect(errors).toBeUndefined();
    return { hits: (data?.['solutions'] as { nodes: readonly Hit[] }).nodes, cost };
  };

  it.each(['OS2', 'PloneMeeting', 'document management', 'website', 'amministrazione', 'nowhere to be found'])(
    'asks Europe once and each country that it leads to once: %s',
    async (words) => {
      const { hits, cost } = await search(words, 50);
      expect(cost.requests).toEqual({
        europe: 1,
        denmark: requestsTo('dk', hits),
        belgium: requestsTo('be', hits),
        italy: requestsTo('it', hits),
      });
      expect(hits.flatMap((hit) => ways.flatMap((way) => way(hit))).every((body) => body?.name !== '')).toBe(true);
    },
  );

  it('asks each country once where all three ways lead to all', async () => {
    const { cost } = await search('gestione', 100);
    expect(cost.requests).toEqual({ europe: 1, denmark: 1, belgium: 1, italy: 1 });
  });

  it('costs Europe the same statements whatever is found, and however much', async () => {
    const one = await search('OS2mo', 1);
    expect(one.hits).toHaveLength(1);
    // A list of many, one of fewer, a typing error in two words, and a topic by the terms of six languages.
    for (const words of ['OS2', 'gestione documentale', 'documnet managment', 'whistleblowing']) {
      const { hits, cost } = await search(words, 100);
      expect(hits.length).toBeGreaterThan(1);
      expect([words, cost.statements['europe']]).toEqual([words, one.cost.statements['europe']]);
    }
  });
});
