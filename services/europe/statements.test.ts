import { type FacetRow, maxFacetValues } from './facets.js';
import { facetsSql } from './repositories/facets.js';
import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

const manyCategories = ['gis', ...Array.from({ length: 150 }, (_, index) => `category ${1000 + index}`)];
const fakes: FakeCountry[] = [];
let index: TestIndex;
beforeAll(async () => {
  const [denmark, italy] = await Promise.all([startFakeCountry('DK'), startFakeCountry('IT')]);
  fakes.push(denmark, italy);
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  for (let number = 0; number < 60; number += 1) {
    const address = `github.com/os2/thing${number}`;
    const user = `dk:administration:${number}`;
    denmark.publish(
      'ADMINISTRATION',
      contents.administration(user, `Town ${number}`, { population: { count: number } }),
    );
    denmark.publish(
      'RECORD',
      contents.record(`dk:record:${number}`, address, {
        name: `Thing ${number}`,
        // One of them is found by a word of its own.
        ...(number === 0 ? { applicationSuite: 'solitary' } : {}),
        publisherId: user,
        isBasedOn: ['https://github.com/os2/thing0'],
        categories: number === 0 ? manyCategories : ['gis'],
        codes: [{ scheme: 'DK_LIST', notation: String(number) }],
      }),
    );
    italy.publish('RECORD', contents.record(`it:record:${number}`, address));
    italy.publish(
      'ADOPTION',
      contents.adoption(`it:adoption:undescribed-${number}`, 'dk:administration:3', `github.com/no/record${number}`),
    );
    denmark.publish('CLAIM', contents.claim(`dk:claim:${number}`, address));
    denmark.publish('TERMS', contents.terms(`dk:terms:${number}`, address, { consortiumId: 'dk:consortium:os2' }));
    denmark.publish(
      'CONTRACT',
      contents.contract(`dk:contract:${number}`, `Firm ${number}`, address, { clientId: user }),
    );
    denmark.publish('PORTFOLIO', contents.portfolio(`dk:portfolio:${number}`, 'dk:consortium:os2', address));
    for (const other of [0, 1, number])
      denmark.publish(
        'ADOPTION',
        contents.adoption(`dk:adoption:${number}-${other}`, `dk:administration:${other}`, address),
      );
    denmark.publish('CODE', contents.code(`dk:code:${number}`, `DK_LIST:${number}`, 'Library'));
    denmark.publish('NEED', contents.need(`dk:need:${number}`, `Need ${number}`, [`DK_LIST:${number}`]));
    denmark.publish(
      'NEED_HOLDER',
      contents.needHolder(`dk:need-holder:${number}`, `dk:need:${number}`, user, { metBy: [address] }),
    );
    italy.publish('ADOPTION', contents.adoption(`it:adoption:${number}`, 'dk:administration:2', address));
    italy.publish(
      'RECORD',
      contents.record(`it:record:disputing-${number}`, address, { publisherId: 'it:consortium:any' }),
    );
  }
  index = await startTestIndex(fakes);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  for (const fake of fakes) await fake.stop();
});

/** How many statements an operation takes, and how many rows it finds. */
async function cost(query: string, variables: Record<string, unknown>): Promise<{ statements: number; rows: number }> {
  index.statements();
  const data = (await index.query(query, variables)) as Record<string, { nodes?: unknown[] }>;
  return { statements: index.statements().length, rows: Object.values(data)[0]?.nodes?.length ?? 0 };
}

const one = { search: 'solitary', first: 50 };
const fifty = { search: 'thing', first: 50 };
const none = { search: 'thing', first: 50, filter: { minAdopters: 1000 } };
const search = (fields: string): string =>
  `query ($search: String, $filter: SolutionFilter, $first: Int) {
    solutions(search: $search, filter: $filter, first: $first) { ${fields} } }`;

const organisation = '__typename ... on DanishConsortium { ref } ... on DanishAdministration { ref }';
const nested = `nodes {
  id name origins { field }
  records { id claims { id } solution { id } publisher { __typename } }
  adoptions(first: 3) { totalCount nodes { id solution { id name } administration { __typename } } }
  ended: adoptions(asOf: "2019-01-01") { nodes { id } }
  reuse { country } before: reuse(asOf: "2015-01-01") { country }
  growth(from: "2018-01-01", to: "2024-01-01") { adopters }
  publishers { ${organisation} } maintainers { __typename }
  basedOn { id name derivatives { id } } derivatives { id } }`;
/** Where `nested` loads solutions. */
const placesOfSolutions = 5;

it.each([
  ['a search', search('nodes { id name }'), 3],
  ['a search with its number and facets', search('totalCount facets { field } staleCatalogues nodes { id }'), 5],
])('takes a constant number of statements for %s, and one more with a filter', async (_what, query, statements) => {
  expect(await cost(query, one)).toEqual({ statements, rows: 1 });
  expect(await cost(query, fifty)).toEqual({ statements, rows: 50 });
  expect(await cost(query, none)).toEqual({ statements: statements + 1, rows: 0 });
});

it('reads no more values of a field than a facet has, the most frequent ones', async () => {
  const rows = await index.database.query<FacetRow>(facetsSql('SELECT * FROM solution'));
  const categories = rows.filter(({ field }) => field === 'categories').map(({ value, count }) => ({ value, count }));
  expect(categories).toHaveLength(maxFacetValues);
  expect(categories).toEqual(
    expect.arrayContaining([
      { value: 'gis', count: 60 },
      { value: 'category 1098', count: 1 },
    ]),
  );
});

it('takes as many statements for the nested fields of fifty solutions as of one', async () => {
  const taken: (readonly string[])[] = [];
  for (const [variables, rows] of [[one, 1] as const, [fifty, 50] as const]) {
    index.statements();
    const { solutions } = (await index.query(search(nested), variables)) as { solutions: { nodes: unknown[] } };
    expect(solutions.nodes).toHaveLength(rows);
    taken.push(index.statements());
  }
  // Every loader runs once for each place in the operation, but not for what it has loaded before; places whose keys are known at
  // the same moment, which depends on how busy the machine is, share a statement.
  const [single, many] = taken.map((statements) => [...new Set(statements)].sort());
  expect(many).toEqual(single);
  for (const statements of taken) {
    const most = Math.max(...statements.map((text) => statements.filter((other) => other === text).length));
    expect(most).toBeLessThanOrEqual(placesOfSolutions);
    expect(statements.length).toBeLessThanOrEqual(20);
  }
});

it.each([
  ['adoptions', search('nodes { adoptions { nodes { id } } }'), 4],
  ['adoptions and their number', search('nodes { adoptions { totalCount nodes { id } } }'), 5],
  ['facets of adoptions', search('nodes { adoptionFacets { field } }'), 4],
  ['records', search('nodes { records { id } }'), 4],
  ['terms', search('nodes { terms { id fees { id } } records { terms { id } } }'), 6],
  [
    'answers to whether an administration may join',
    search('nodes { mayJoin(for: "dk:administration:30") { answer } }'),
    6,
  ],
  ['maintainers', search('nodes { maintainers { __typename } }'), 4],
  ['disputes and unconfirmed reuse', search('nodes { disputes { address } unconfirmedReuse { country } }'), 5],
  ['records of disputes', search('nodes { disputes { record { id } } }'), 5],
  ['reuse with its days', search('nodes { reuse { country adopters knownSince } }'), 4],
  ['reuse and growth', search('nodes { reuse { country } growth(from: "2018-01-01", to: "2024-01-01") { asOf } }'), 5],
])('reads the %s of a list in one statement each', async (_what, query, statements) => {
  expect(await cost(query, one)).toEqual({ statements, rows: 1 });
  expect(await cost(query, fifty)).toEqual({ statements, rows: 50 });
});

it('reads the feed of changed solutions in one statement, and the solutions in another', async () => {
  const query = `query ($first: Int) { solutions: solutionChanges(first: $first) { nodes { solution { id name } } } }`;
  expect(await cost(query, { first: 1 })).toEqual({ statements: 2, rows: 1 });
  expect(await cost(query, { first: 50 })).toEqual({ statements: 2, rows: 50 });
});

it('reads the contracts, clients and solutions of suppliers in two statements besides the list and its number', async () => {
  const query = `query ($search: String, $first: Int) { suppliers(search: $search, first: $first) {
    totalCount nodes { id contracts { client { __typename } } clientIds clients { __typename } solutions { name } } } }`;
  expect(await cost(query, { search: 'Firm 11', first: 50 })).toEqual({ statements: 4, rows: 1 });
  expect(await cost(query, { search: 'Firm', first: 50 })).toEqual({ statements: 4, rows: 50 });
});

it('finds organisations in one statement, and counts them in another', async () => {
  for (const [given, rows] of [
    [{ search: 'Town 1', first: 200 }, 11],
    [{ search: 'Town', first: 200 }, 60],
  ] as const) {
    const query = (fields: string): string =>
      `query ($search: String, $first: Int) { administrations(search: $search, first: $first) { ${fields} nodes { __typename } } }`;
    expect(await cost(query(''), given)).toEqual({ statements: 1, rows });
    expect(await cost(query('totalCount'), given)).toEqual({ statements: 2, rows });
  }
});

it('finds similar administrations in one statement after that of the one that they are compared with, and counts each number in another', async () => {
  for (const first of [1, 50]) {
    const query = (fields: string): string =>
      `query ($first: Int) { peers(of: "dk:administration:30", first: $first) { ${fields} nodes { administrationId } } }`;
    expect(await cost(query(''), { first })).toEqual({ statements: 2, rows: Math.min(first, 44) });
    expect((await cost(query('totalCount unknown'), { first })).statements).toBe(4);
  }
});

it.each([
  ['needs', 'needs(topic: "library", first: $first) { edges { path { toNotation } } nodes { id } }', 2],
  [
    'needs with their codes',
    'needs(first: $first) { nodes { codes { code { label mappings { id } codeList { title } } } } }',
    4,
  ],
  [
    'needs with their holders and solutions',
    'needs(first: $first) { nodes { holders { totalCount states { state } nodes { need { id } solutions { name } } } } }',
    6,
  ],
  [
    'needs with their number and the counts of countries',
    'needs(first: $first) { totalCount countries { needs } notConsidered { country } nodes { id } }',
    5,
  ],
  ['codes', 'codes(first: $first) { totalCount nodes { label } }', 2],
  ['codes and topics of solutions', 'solutions(first: $first) { nodes { codes { notation } topics { notation } } }', 3],
])('takes a constant number of statements for %s', async (_what, fields, statements) => {
  const query = `query ($first: Int) { ${fields} }`;
  expect(await cost(query, { first: 1 })).toEqual({ statements, rows: 1 });
  expect(await cost(query, { first: 50 })).toEqual({ statements, rows: 50 });
});

it('finds fifty solutions that no catalogue describes with as many statements as one', async () => {
  const countStatements = async (count: number): Promise<number> => {
    const ids = Array.from({ length: count }, (_, number) => `github.com/no/record${number}`);
    index.statements();
    const { nodes } = (await index.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })) as {
      readonly nodes: readonly unknown[];
    };
    expect(nodes).toEqual(ids.map((id) => ({ id })));
    return index.statements().length;
  };
  expect([await countStatements(1), await countStatements(50)]).toEqual([2, 2]);
});

it('resolves a hundred entities with as many statements as one', async () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Solution { id name adoptions { totalCount } records { id } } } }`;
  const countStatements = async (count: number): Promise<number> => {
    const representations = Array.from({ length: count }, (_, number) => ({
      __typename: 'Solution',
      address: `github.com/os2/thing${number}`,
    }));
    return (await cost(query, { representations })).statements;
  };
  expect([await countStatements(1), await countStatements(100)]).toEqual([4, 4]);
});
