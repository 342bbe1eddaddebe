import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let fake: FakeCountry;
let index: TestIndex;
beforeAll(async () => {
  fake = await startFakeCountry('DK');
  fake.publish(
    'ADMINISTRATION',
    contents.administration('dk:administration:0820', 'Viborg', { population: { count: 97_000 } }),
  );
  fake.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  for (const name of ['one', 'two', 'three']) {
    fake.publish(
      'RECORD',
      contents.record(`dk:record:${name}`, `github.com/os2/${name}`, { name, releaseDate: '2020-01-01' }),
    );
    fake.publish(
      'ADOPTION',
      contents.adoption(`dk:adoption:${name}`, 'dk:administration:0820', `github.com/os2/${name}`),
    );
  }
  index = await startTestIndex([fake]);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  await fake.stop();
});

/** The code of the one error, and which field it costs. */
async function refusal(query: string, variables: Record<string, unknown> = {}) {
  const { data, errors = [] } = await index.execute(query, variables);
  expect(errors).toHaveLength(1);
  const [error] = errors;
  // Whatever comes from the database, or from a slip in the code, has no code of the contract.
  expect(error?.extensions['code']).toEqual(expect.stringMatching(/^[A-Z_]+$/));
  expect(error?.message.length).toBeLessThan(300);
  return { code: error?.extensions['code'], data: data && Object.values(data), message: error?.message };
}

const solutions = `query ($search: String, $filter: SolutionFilter, $orderBy: SolutionOrder, $first: Int, $after: String, $last: Int, $before: String) {
  solutions(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id } edges { cursor } facets { missing } } }`;
const administrations = `query ($search: String, $filter: AdministrationFilter, $orderBy: AdministrationOrder, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  administrations(search: $search, filter: $filter, orderBy: $orderBy, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
const consortia = `query ($search: String, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  consortia(search: $search, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
const adoptions = `query ($asOf: Date, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  solution(address: "github.com/os2/one") {
    adoptions(asOf: $asOf, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor } } } }`;
const lists = { solutions, administrations, consortia, adoptions };

type Edges = Readonly<Record<string, { readonly edges: readonly { readonly cursor: string }[] }>>;
const cursorOf = async (query: string, variables: Record<string, unknown> = {}): Promise<string> => {
  const data = (await index.query(query, variables)) as { solution?: Edges } & Edges;
  const [list] = Object.values(data.solution ?? data);
  return list?.edges[0]?.cursor ?? '';
};
const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each(Object.entries(lists))('a page of %s', (name, query) => {
  it.each([
    ['more than is given at once', { first: 201 }],
    ['less than nothing', { first: -1 }],
    ['less than nothing, from the end', { last: -1 }],
    ['the most that a number can be', { last: 2_147_483_647 }],
    ['both ends', { first: 1, last: 1 }],
  ])('of %s is refused', async (_what, page) => {
    expect(await refusal(query, page)).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it.each([
    ['nothing', ''],
    ['no base64', 'né\0'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['no list', written({})],
    ['an empty list', written([])],
    ['a number', written(7)],
    ['something long', 'A'.repeat(5_000)],
    ['nobody’s', written(['nothing', 'x', 'y', 'z'])],
  ])('after a cursor that is %s is refused', async (_what, after) => {
    expect(await refusal(query, { after })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await refusal(query, { last: 1, before: after })).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('after a cursor of another list is refused', async () => {
    for (const [other, otherQuery] of Object.entries(lists)) {
      if (other === name) continue;
      expect(await refusal(query, { after: await cursorOf(otherQuery) })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });

  it('after a cursor that somebody wrote for this list is answered or refused, never a fault', async () => {
    const cursor = await cursorOf(query);
    const [scope, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, ...unknown[]];
    const last = key.length - 1;
    for (const value of ['\0', null, 1, 1.5, {}, [], true, '\ud800', '', '9'.repeat(900)]) {
      const { errors = [] } = await index.execute(query, { after: written([scope, ...key.with(last, value)]) });
      for (const { extensions } of errors) expect(extensions['code']).toBe('INVALID_CURSOR');
    }
    expect(await refusal(query, { after: written([scope, ...key, 'more']) })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await refusal(query, { after: written([scope, ...key.slice(1)]) })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});

it('refuses a cursor of another order of the same list', async () => {
  const after = await cursorOf(solutions, { orderBy: { field: 'ADOPTERS' } });
  for (const orderBy of [null, { field: 'COUNTRIES' }, { field: 'ADOPTERS', direction: 'ASC' }])
    expect(await refusal(solutions, { after, orderBy })).toMatchObject({ code: 'INVALID_CURSOR' });
  for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, '1', null]) {
    const cursor = written(['solutions ADOPTERS DESC', value, 'one', 'github.com/os2/one']);
    expect(await refusal(solutions, { after: cursor, orderBy: { field: 'ADOPTERS' } })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  }
});

it('refuses a cursor of another solution’s users', async () => {
  const after = await cursorOf(adoptions);
  expect(await refusal(adoptions.replace('os2/one', 'os2/two'), { after })).toMatchObject({ code: 'INVALID_CURSOR' });
});

describe('a search', () => {
  it.each([
    ['of more than a hundred characters', 'a'.repeat(101)],
    ['of more than eight words', 'a b c d e f g h i'],
    ['that grows too long in small letters without accents', 'ß'.repeat(60)],
    ['as long as a book', 'ab '.repeat(100_000)],
  ])('%s is refused', async (_what, search) => {
    for (const query of [solutions, administrations, consortia])
      expect(await refusal(query, { search })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('by relevance needs words', async () => {
    const orderBy = { field: 'RELEVANCE' };
    for (const search of [undefined, null, '', ' ', '!?', '\0', '\u0301']) {
      expect(await refusal(solutions, { search, orderBy })).toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(await refusal(administrations, { search, orderBy })).toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  it.each(['', '   ', '.,;:!?', '--- \' " \\ % _ & | ! ( ) : * <->', '\0', '\ud83d', '🏛️'])(
    'of %j, in which no word is, asks for all',
    async (search) => {
      expect(await index.query(solutions, { search })).toMatchObject({ solutions: { totalCount: 3 } });
      expect(await index.query(administrations, { search })).toMatchObject({ administrations: { totalCount: 1 } });
      expect(await index.query(consortia, { search })).toMatchObject({ consortia: { totalCount: 1 } });
    },
  );

  it.each([
    'the',
    'og the und di de het',
    'a\0b',
    "o'ne",
    'one\\',
    'one:*',
    "'",
    "one' | 'two",
    '!one',
    'nothing & two',
    'one <-> nothing',
    '%one%x',
    'on_e',
    '\ud800abcdef',
    'abc\udc00def',
    '𐌰𐌱𐌲𐌳',
    '𝐨𝐧𝐞𝐱',
    '漢字漢字',
    'x'.repeat(100),
    '9'.repeat(100),
    '1e400',
    'İstanbul',
    'da.one',
  ])('of %j is answered', async (search) => {
    for (const query of [solutions, administrations, consortia]) {
      const { errors } = await index.execute(query, { search });
      expect(errors).toBeUndefined();
    }
  });
});

describe('a country code', () => {
  it.each(['dk', 'DNK', 'D', '', 'D\0', 'ＤＫ', 'DK\n'])('%j is refused', async (code) => {
    for (const [query, variables] of [
      [solutions, { filter: { publishedIn: [code] } }],
      [solutions, { filter: { usedInAll: ['DK', code] } }],
      [solutions, { filter: { usedInAny: [code] } }],
      [administrations, { countries: [code] }],
      [consortia, { countries: [code] }],
      [adoptions, { countries: [code] }],
    ] as const)
      expect(await refusal(query, variables)).toMatchObject({ code: 'INVALID_COUNTRY' });
    expect(
      await refusal(`{ solutions(filter: { usedInAny: [${JSON.stringify(code)}] }) { totalCount } }`),
    ).toMatchObject({ code: 'INVALID_COUNTRY' });
  });

  it('without a catalogue here is refused where catalogues are chosen', async () => {
    for (const query of [administrations, consortia])
      expect(await refusal(query, { countries: ['DK', 'FR'] })).toMatchObject({ code: 'UNKNOWN_COUNTRY' });
  });

  it('without a catalogue here may be a user’s', async () => {
    expect(await index.query(adoptions, { countries: ['FR'] })).toMatchObject({
      solution: { adoptions: { totalCount: 0 } },
    });
    expect(await index.query(solutions, { filter: { usedInAny: ['FR', 'DK'] } })).toMatchObject({
      solutions: { totalCount: 3 },
    });
  });
});

describe('a number', () => {
  const least = -2_147_483_648;
  const most = 2_147_483_647;

  it.each([
    [{ minAdopters: most }, 0],
    [{ minAdopters: least }, 3],
    [{ minAdopters: -1 }, 3],
    [{ minCountries: most }, 0],
    [{ minCountries: least }, 3],
    [{ usedByPopulation: { min: least, max: most } }, 3],
    [{ usedByPopulation: { min: most } }, 0],
    [{ usedByPopulation: { max: least } }, 0],
    [{ usedByPopulation: { min: 97_000, max: 97_000 } }, 3],
    [{ usedByPopulation: { min: 97_001, max: 96_999 } }, 0],
    [{ usedByPopulation: {} }, 3],
    [{ usedByPopulation: { min: null, max: null } }, 3],
  ])('of any size is answered: %j', async (filter, totalCount) => {
    expect(await index.query(solutions, { filter })).toMatchObject({ solutions: { totalCount } });
  });

  it.each([
    [{ min: least, max: most }, 1],
    [{ min: most }, 0],
    [{ max: -1 }, 0],
    [{}, 1],
  ])('of inhabitants, of any size, is answered: %j', async (population, totalCount) => {
    expect(await index.query(administrations, { filter: { population } })).toMatchObject({
      administrations: { totalCount },
    });
  });
});

describe('the character U+0000', () => {
  it.each([{ categories: ['\0'] }, { categories: ['gis', 'g\0is'] }])('in %j is refused', async (filter) => {
    expect(await refusal(solutions, { filter })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('in a region is refused', async () => {
    expect(await refusal(administrations, { filter: { nuts: 'DK\0' } })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('is in no address', async () => {
    expect(
      await refusal(`query ($a: String!) { solution(address: $a) { id } }`, { a: 'github.com/a/b\0' }),
    ).toMatchObject({ code: 'INVALID_ADDRESS' });
    const query = `query ($a: [_Any!]!) { _entities(representations: $a) { ... on Solution { id name } } }`;
    expect(await refusal(query, { a: [{ __typename: 'Solution', address: 'github.com/a/b\0' }] })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('texts that mean something elsewhere', () => {
  const texts = ['', "'", '"', '{', '}', '{}', '{a,b}', '\\', '%', 'NULL', '$1', '--', '\ud800', 'x'.repeat(10_000)];

  it.each(texts)('%.20j is no category', async (text) => {
    expect(await index.query(solutions, { filter: { categories: [text] } })).toMatchObject({
      solutions: { totalCount: 0 },
    });
  });

  it.each([...texts, '\0', 'dk:administration:\0', 'nonsense'])('%.20j is nobody’s id', async (text) => {
    for (const filter of [{ publisher: text }, { maintainer: text }, { usedBy: text }])
      expect(await refusal(solutions, { filter })).toMatchObject({ code: 'INVALID_ID' });
    expect(await refusal(administrations, { filter: { memberOf: text } })).toMatchObject({ code: 'INVALID_ID' });
  });
});

describe('a day', () => {
  it.each(['2026-02-30', '26-01-01', '2026-1-1', 'today', '', '0000-01-01', '2026-01-01T00:00:00Z'])(
    '%j is refused',
    async (day) => {
      for (const [query, variables] of [
        [solutions, { filter: { updatedSince: day } }],
        [adoptions, { asOf: day }],
        [`query ($day: Date) { reuseMatrix(asOf: $day) { solutions } }`, { day }],
        [`query ($day: Date) { solution(address: "github.com/os2/one") { reuse(asOf: $day) { country } } }`, { day }],
      ] as const)
        expect(await refusal(query, variables)).toMatchObject({ code: 'INVALID_DATE' });
    },
  );

  it.each(['0001-01-01', '9999-12-31'])('as far as %s is answered', async (day) => {
    const query = `query ($day: Date!) {
      solutions(filter: { updatedSince: $day }) { totalCount } reuseMatrix(asOf: $day) { solutions }
      solution(address: "github.com/os2/one") {
        reuse(asOf: $day) { country } adoptions(asOf: $day) { totalCount } growth(from: $day, to: $day) { asOf adopters } } }`;
    expect((await index.execute(query, { day })).errors).toBeUndefined();
  });

  it('begins a series that does not run backwards, nor on for ever', async () => {
    const growth = (range: string): string =>
      `{ solution(address: "github.com/os2/one") { growth(${range}) { asOf } } }`;
    for (const range of [
      'from: "2026-01-02", to: "2026-01-01"',
      'from: "0001-01-01", to: "9999-12-31"',
      'from: "1900-01-01", to: "2026-01-01", interval: MONTH',
    ])
      expect(await refusal(growth(range))).toMatchObject({ code: 'INVALID_ARGUMENT', data: [{ growth: null }] });
  });
});

describe('an address', () => {
  it.each([
    '',
    ' ',
    'os2mo',
    'github.com',
    'github.com/os2mo',
    'localhost/os2/one',
    'http://127.0.0.1/os2/one',
    'ftp://github.com/os2/one',
    'github.com/os2/one two',
    'github.com/../../etc',
    'github.com/os2/%zz',
    'urn:isbn:123',
    'urn:dk:solution:',
    'javascript:alert(1)',
    `github.com/os2/${'x'.repeat(10_000)}`,
  ])('%.40j is refused', async (address) => {
    expect(await refusal(`query ($a: String!) { solution(address: $a) { id } }`, { a: address })).toMatchObject({
      code: 'INVALID_ADDRESS',
      data: [null],
    });
  });
});

it('refuses what is no language tag', async () => {
  for (const field of ['name', 'shortDescription', 'records { localisedName', 'records { shortDescription'])
    expect(
      await refusal(
        `{ solution(address: "github.com/os2/one") { ${field}(language: "da_DK!") ${field.includes('{') ? '}' : ''} } }`,
      ),
    ).toMatchObject({ code: 'INVALID_LANGUAGE' });
});
