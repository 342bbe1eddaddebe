import { administrations, adoptions, consortia, solutions, useListIndex } from './testing/list-index.js';

const listIndex = useListIndex();
const { rejection } = listIndex;

describe('a search', () => {
  it.each([
    ['of more than a hundred characters', 'a'.repeat(101)],
    ['of more than eight words', 'a b c d e f g h i'],
    ['that grows too long when it is normalised', 'ß'.repeat(60)],
    ['of 300,000 characters', 'ab '.repeat(100_000)],
  ])('%s is rejected', async (_what, search) => {
    for (const query of [solutions, administrations, consortia])
      expect(await rejection(query, { search })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('ordered by relevance is rejected without words', async () => {
    const orderBy = { field: 'RELEVANCE' };
    for (const search of [undefined, null, '', ' ', '!?', '\0', '\u0301']) {
      expect(await rejection(solutions, { search, orderBy })).toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(await rejection(administrations, { search, orderBy })).toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  it('of administrations on another day is rejected with a number of inhabitants, which the index knows for today only', async () => {
    for (const variables of [{ filter: { population: { min: 1 } } }, { orderBy: { field: 'POPULATION' } }]) {
      expect(await rejection(administrations, { ...variables, asOf: '2010-01-01' })).toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
      expect(await listIndex.index.query(administrations, { ...variables, asOf: null })).toMatchObject({
        administrations: { totalCount: 1 },
      });
    }
  });

  it('of administrations that use a text that is not an address is rejected', async () => {
    expect(await rejection(administrations, { filter: { uses: 'not an address' } })).toMatchObject({
      code: 'INVALID_ADDRESS',
    });
    expect(
      await listIndex.index.query(administrations, { filter: { uses: 'https://GitHub.com/OS2/one.git' } }),
    ).toMatchObject({ administrations: { totalCount: 1 } });
  });

  it.each(['', '   ', '.,;:!?', '--- \' " \\ % _ & | ! ( ) : * <->', '\0', '\ud83d', '🏛️'])(
    'for %j, which contains no words, finds everything',
    async (search) => {
      expect(await listIndex.index.query(solutions, { search })).toMatchObject({ solutions: { totalCount: 3 } });
      expect(await listIndex.index.query(administrations, { search })).toMatchObject({
        administrations: { totalCount: 1 },
      });
      expect(await listIndex.index.query(consortia, { search })).toMatchObject({ consortia: { totalCount: 1 } });
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
  ])('for %j causes no error', async (search) => {
    for (const query of [solutions, administrations, consortia]) {
      const { errors } = await listIndex.index.execute(query, { search });
      expect(errors).toBeUndefined();
    }
  });
});

describe('a country code', () => {
  it.each(['dk', 'DNK', 'D', '', 'D\0', 'ＤＫ', 'DK\n'])('%j is rejected', async (code) => {
    for (const [query, variables] of [
      [solutions, { filter: { publishedIn: [code] } }],
      [solutions, { filter: { usedInAll: ['DK', code] } }],
      [solutions, { filter: { usedInAny: [code] } }],
      [administrations, { countries: [code] }],
      [consortia, { countries: [code] }],
      [adoptions, { countries: [code] }],
    ] as const)
      expect(await rejection(query, variables)).toMatchObject({ code: 'INVALID_COUNTRY' });
    expect(
      await rejection(`{ solutions(filter: { usedInAny: [${JSON.stringify(code)}] }) { totalCount } }`),
    ).toMatchObject({ code: 'INVALID_COUNTRY' });
  });

  it('without a catalogue in the graph is rejected where catalogues are selected', async () => {
    for (const query of [administrations, consortia])
      expect(await rejection(query, { countries: ['DK', 'ZZ'] })).toMatchObject({ code: 'UNKNOWN_COUNTRY' });
  });

  it('without a catalogue in the graph is allowed for users', async () => {
    expect(await listIndex.index.query(adoptions, { countries: ['ZZ'] })).toMatchObject({
      solution: { adoptions: { totalCount: 0 } },
    });
    expect(await listIndex.index.query(solutions, { filter: { usedInAny: ['ZZ', 'DK'] } })).toMatchObject({
      solutions: { totalCount: 3 },
    });
    expect(
      await listIndex.index.query('{ solutions(filter: { usedInAny: ["ZZ"] }) { totalCount unknown } }'),
    ).toMatchObject({ solutions: { totalCount: 0, unknown: 3 } });
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
  ])('of any size is allowed: %j', async (filter, totalCount) => {
    expect(await listIndex.index.query(solutions, { filter })).toMatchObject({ solutions: { totalCount } });
  });

  it.each([
    [{ min: least, max: most }, 1],
    [{ min: most }, 0],
    [{ max: -1 }, 0],
    [{}, 1],
  ])('of inhabitants of any size is allowed: %j', async (population, totalCount) => {
    expect(await listIndex.index.query(administrations, { filter: { population } })).toMatchObject({
      administrations: { totalCount },
    });
  });
});

describe('the character U+0000', () => {
  it.each([{ categories: ['\0'] }, { categories: ['gis', 'g\0is'] }])('is rejected in %j', async (filter) => {
    expect(await rejection(solutions, { filter })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('is rejected in a NUTS code', async () => {
    expect(await rejection(administrations, { filter: { nuts: 'DK\0' } })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('is rejected in an address', async () => {
    expect(
      await rejection(`query ($a: String!) { solution(address: $a) { id } }`, { a: 'github.com/a/b\0' }),
    ).toMatchObject({ code: 'INVALID_ADDRESS' });
    const query = `query ($a: [_Any!]!) { _entities(representations: $a) { ... on Solution { id name } } }`;
    expect(await rejection(query, { a: [{ __typename: 'Solution', address: 'github.com/a/b\0' }] })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('a text with a meaning in SQL or PostgreSQL', () => {
  const texts = ['', "'", '"', '{', '}', '{}', '{a,b}', '\\', '%', 'NULL', '$1', '--', '\ud800', 'x'.repeat(10_000)];

  it.each(texts)('%.20j is not a category', async (text) => {
    expect(await listIndex.index.query(solutions, { filter: { categories: [text] } })).toMatchObject({
      solutions: { totalCount: 0 },
    });
  });

  it.each([...texts, '\0', 'dk:administration:\0', 'nonsense'])('%.20j is rejected as an id', async (text) => {
    for (const filter of [{ publisher: text }, { maintainer: text }, { usedBy: text }])
      expect(await rejection(solutions, { filter })).toMatchObject({ code: 'INVALID_ID' });
    expect(await rejection(administrations, { filter: { memberOf: text } })).toMatchObject({ code: 'INVALID_ID' });
  });
});

describe('a day', () => {
  it.each(['2026-02-30', '26-01-01', '2026-1-1', 'today', '', '0000-01-01', '2026-01-01T00:00:00Z'])(
    '%j is rejected',
    async (day) => {
      for (const [query, variables] of [
        [solutions, { filter: { updatedSince: day } }],
        [adoptions, { asOf: day }],
        [`query ($day: Date) { reuseMatrix(asOf: $day) { solutions } }`, { day }],
        [`query ($day: Date) { solution(address: "github.com/os2/one") { reuse(asOf: $day) { country } } }`, { day }],
      ] as const)
        expect(await rejection(query, variables)).toMatchObject({ code: 'INVALID_DATE' });
    },
  );

  it.each(['0001-01-01', '9999-12-31'])('%s is allowed', async (day) => {
    const query = `query ($day: Date!) {
      solutions(filter: { updatedSince: $day }) { totalCount } reuseMatrix(asOf: $day) { solutions }
      solution(address: "github.com/os2/one") {
        reuse(asOf: $day) { country } adoptions(asOf: $day) { totalCount } growth(from: $day, to: $day) { asOf adopters } } }`;
    expect((await listIndex.index.execute(query, { day })).errors).toBeUndefined();
  });

  it('is rejected as the start of a series that ends before it, or has too many points', async () => {
    const growth = (range: string): string =>
      `{ solution(address: "github.com/os2/one") { growth(${range}) { asOf } } }`;
    for (const range of [
      'from: "2026-01-02", to: "2026-01-01"',
      'from: "0001-01-01", to: "9999-12-31"',
      'from: "1900-01-01", to: "2026-01-01", interval: MONTH',
    ])
      expect(await rejection(growth(range))).toMatchObject({ code: 'INVALID_ARGUMENT', data: [{ growth: null }] });
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
  ])('%.40j is rejected', async (address) => {
    expect(await rejection(`query ($a: String!) { solution(address: $a) { id } }`, { a: address })).toMatchObject({
      code: 'INVALID_ADDRESS',
      data: [null],
    });
  });
});

it('an invalid language tag is rejected', async () => {
  for (const field of ['name', 'shortDescription', 'records { localisedName', 'records { shortDescription'])
    expect(
      await rejection(
        `{ solution(address: "github.com/os2/one") { ${field}(language: "da_DK!") ${field.includes('{') ? '}' : ''} } }`,
      ),
    ).toMatchObject({ code: 'INVALID_LANGUAGE' });
});
