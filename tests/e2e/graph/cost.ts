import { countries, europe } from '../../../schema/values/countries.js';
import { filledCountries as filled } from '../../support/filled-countries.js';
import { graph } from './graph.js';

interface Page {
  readonly administrations: {
    readonly nodes: readonly { readonly id: string; readonly identifiers: readonly object[] }[];
  };
}

const folders = countries.map(({ folder }) => folder);

/** A number for some subgraphs, none for the others. */
const only = (names: readonly string[], number: number): Record<string, number> =>
  Object.fromEntries([europe.folder, ...folders].map((name) => [name, names.includes(name) ? number : 0]));
const everywhere = only([europe.folder, ...folders], 1);

/** The number of memberships in a response. */
const countMemberships = (text: string): number => text.split('"role"').length - 1;

describe('one operation over all countries, with consortia, coverage and first members', () => {
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

  it('causes one request to Europe and each country, and statements by its fields rather than by its rows', async () => {
    const few = await graph.queryWithCost(query, { first: 1 });
    const many = await graph.queryWithCost(query, { first: 50 });
    expect(many.errors).toBeUndefined();
    expect(countMemberships(many.text)).toBeGreaterThan(10 * countMemberships(few.text));
    // The consortia and their count; of their coverage, which administrations are eligible and when members count; their members and
    // the count of these, and the members' organisations.
    expect(few.cost.requests).toEqual(everywhere);
    expect(few.cost.statements).toMatchObject({ europe: 0, ...Object.fromEntries(filled.map((name) => [name, 7])) });
    expect(many.cost).toEqual(few.cost);
  });
});

describe('an operation with all kinds of fields', () => {
  // Each field that queries the database is on its own line.
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
  const fields = query.split('\n').filter((line) => /^\s+\w/.test(line) && !/nodes \{|catalogues/.test(line));
  // Coverage needs who is eligible and which members count.
  const statementCount = fields.length + fields.filter((line) => line.includes('coverage')).length;

  // Equal fields at different depths share a statement if they are executed at once, so there may be fewer.
  it.each([1, 10, 25])('causes at most the statements of its fields, with %i rows per page', async (first) => {
    const { errors, cost } = await graph.queryWithCost(query, { first });
    expect(errors).toBeUndefined();
    expect(cost.requests).toEqual(everywhere);
    for (const name of folders) expect(cost.statements[name]).toBeLessThanOrEqual(statementCount);
  });
});

describe('a list of many organisations', () => {
  const organisations = `query Organisations($ids: [ID!], $identifiers: [IdentifierInput!]) {
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

  it('causes as many requests and statements as a short one, by id and by code', async () => {
    const page = await graph.query(
      '{ catalogues { administrations(first: 30) { nodes { id identifiers { scheme notation } } } } }',
    );
    const administrations = (page.data?.['catalogues'] as Page[]).flatMap(
      (catalogue) => catalogue.administrations.nodes,
    );
    const more = {
      ids: administrations.map(({ id }) => id),
      identifiers: administrations.flatMap(({ identifiers: held }) => held.slice(0, 1)),
    };
    for (const [few, many] of [
      [{ ids }, { ids: more.ids }],
      [{ identifiers }, { identifiers: more.identifiers }],
    ]) {
      const { errors, cost } = await graph.queryWithCost(organisations, few);
      expect(errors).toBeUndefined();
      expect(cost).toEqual({ requests: only(['europe', ...filled], 1), statements: only(filled, 2) });
      const large = await graph.queryWithCost(organisations, many);
      expect(large.data?.['organisations']).toHaveLength(90);
      expect(large.errors).toBeUndefined();
      expect(large.cost).toEqual(cost);
    }
  });

  it('of one country causes no requests to the others', async () => {
    const { cost } = await graph.queryWithCost(organisations, { ids: ['it:administration:062001'], identifiers: [] });
    expect(cost.requests).toEqual(only(['europe', 'italy'], 1));
  });

  it('of a country without a catalogue causes a request to Europe only', async () => {
    const { cost } = await graph.queryWithCost(organisations, { ids: ['zz:administration:1'], identifiers: [] });
    expect(cost.requests).toEqual(only(['europe'], 1));
  });
});

it('an operation on one country causes no requests to Europe or other countries', async () => {
  const { cost } = await graph.queryWithCost('{ italy { title administrations(first: 3) { nodes { name } } } }');
  expect(cost).toEqual({
    requests: only(['italy'], 1),
    statements: only(['italy'], 1),
  });
});
