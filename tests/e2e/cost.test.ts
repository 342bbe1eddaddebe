import { startTestGraph, type TestGraph } from '../support/test-graph.js';

let world: TestGraph;
beforeAll(async () => {
  world = await startTestGraph();
}, 60_000);
afterAll(() => world.stop());

interface Found {
  readonly administrations: {
    readonly nodes: readonly { readonly id: string; readonly identifiers: readonly object[] }[];
  };
}

const countries = ['denmark', 'belgium', 'italy'];

/** The same number for each country, none for Europe. */
const each = (number: unknown) => ({ europe: 0, ...Object.fromEntries(countries.map((name) => [name, number])) });

/** How many memberships an answer holds. */
const rowsOf = (text: string): number => text.split('"role"').length - 1;

describe('one operation over all three countries, with consortia, coverage and first members', () => {
  const query = `query Members($first: Int!) {
    catalogues {
      country
      consortia(first: $first) {
        totalCount
        nodes {
          name
          coverage(asOf: "2017-08-07") { knownMembers eligible share closestClaim { statement } }
          members(first: $first) { totalCount pageInfo { endCursor } nodes { role member { id name } } }
        }
      }
    }
  }`;

  it('asks Europe once and each country once, whose statements depend on its shape and not on its rows', async () => {
    const few = await world.queryWithCost(query, { first: 1 });
    const many = await world.queryWithCost(query, { first: 50 });
    expect(many.errors).toBeUndefined();
    expect(rowsOf(many.text)).toBeGreaterThan(10 * rowsOf(few.text));
    // The consortia and how many, their coverage, their members and how many, and who those are.
    expect(few.cost).toEqual({ requests: { europe: 1, denmark: 1, belgium: 1, italy: 1 }, statements: each(6) });
    expect(many.cost).toEqual(few.cost);
  });
});

describe('an operation that asks everything', () => {
  // Fields that ask the database stand in lines of their own.
  const query = `query Everything($first: Int!) {
    catalogues {
      completeSince { kind }
      administrationCount(kind: MUNICIPALITY)
      consortia(first: $first) {
        totalCount
        nodes {
          identifiers { notation }
          claims { statement }
          growth(from: "2016-01-01", to: "2018-01-01") { knownMembers
            claims { statement } }
          coverage { knownMembers
            closestClaim { statement } }
          members(first: $first) {
            totalCount
            nodes { role
              member { name
                identifiers { notation }
                memberships { role
                  consortium { name } } } }
          }
        }
      }
      administrations(first: $first, filter: { memberOfNone: false }, orderBy: { field: POPULATION }) {
        totalCount
        nodes { name
          population { count }
          identifiers { notation }
          memberships { role
            consortium { name
              coverage { knownMembers } } }
          predecessors { name }
          successors { name }
        }
      }
    }
  }`;
  const asking = query.split('\n').filter((line) => /^\s+\w/.test(line) && !/nodes \{|catalogues/.test(line)).length;

  // Equal questions at different depths share a statement when they happen to come at once, so there may be fewer.
  it.each([1, 10, 25])('costs at most a statement for each field that asks, with %i rows a page', async (first) => {
    const { errors, cost } = await world.queryWithCost(query, { first });
    expect(errors).toBeUndefined();
    expect(cost.requests).toEqual({ europe: 1, denmark: 1, belgium: 1, italy: 1 });
    for (const name of countries) expect(cost.statements[name]).toBeLessThanOrEqual(asking);
  });
});

describe('many bodies at once', () => {
  const organisations = `query Bodies($ids: [ID!], $identifiers: [IdentifierInput!]) {
    organisations(ids: $ids, identifiers: $identifiers) {
      id name identifiers { notation }
    }
  }`;
  const ids = ['dk:administration:0820', 'be:administration:25110', 'it:administration:062001'];
  const identifiers = [
    { scheme: 'DK_KOMMUNE', notation: '0751' },
    { scheme: 'BE_NIS', notation: '92003' },
    { scheme: 'IT_ISTAT', notation: '062002' },
  ];

  it('cost what few cost, by id and by code', async () => {
    const page = await world.ask(
      '{ catalogues { administrations(first: 30) { nodes { id identifiers { scheme notation } } } } }',
    );
    const found = (page.data?.['catalogues'] as Found[]).flatMap(({ administrations }) => administrations.nodes);
    const more = {
      ids: found.map(({ id }) => id),
      identifiers: found.flatMap(({ identifiers: held }) => held.slice(0, 1)),
    };
    for (const [few, many] of [
      [{ ids }, { ids: more.ids }],
      [{ identifiers }, { identifiers: more.identifiers }],
    ]) {
      const { errors, cost } = await world.queryWithCost(organisations, few);
      expect(errors).toBeUndefined();
      expect(cost).toEqual({ requests: { europe: 1, denmark: 1, belgium: 1, italy: 1 }, statements: each(2) });
      const weighed = await world.queryWithCost(organisations, many);
      expect(weighed.data?.['organisations']).toHaveLength(90);
      expect(weighed.errors).toBeUndefined();
      expect(weighed.cost).toEqual(cost);
    }
  });

  it('of one country cost the others nothing', async () => {
    const { cost } = await world.queryWithCost(organisations, { ids: ['it:administration:062001'], identifiers: [] });
    expect(cost.requests).toEqual({ europe: 1, denmark: 0, belgium: 0, italy: 1 });
  });

  it('of no country cost nobody anything but Europe', async () => {
    const { cost } = await world.queryWithCost(organisations, { ids: ['fr:administration:1'], identifiers: [] });
    expect(cost.requests).toEqual({ europe: 1, denmark: 0, belgium: 0, italy: 0 });
  });
});

it('one country alone is asked alone, without Europe', async () => {
  const { cost } = await world.queryWithCost('{ italy { title administrations(first: 3) { nodes { name } } } }');
  expect(cost).toEqual({
    requests: { europe: 0, denmark: 0, belgium: 0, italy: 1 },
    statements: { europe: 0, denmark: 0, belgium: 0, italy: 1 },
  });
});
