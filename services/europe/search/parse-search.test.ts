import { createSolutionRepository } from '../repositories/solutions.js';
import { useSearchIndex } from '../testing/search-index.js';
import { parseSearch } from './parse-search.js';

const searchIndex = useSearchIndex();
const { describeSolution, find } = searchIndex;

describe('the ranking', () => {
  it('puts names first, then beginnings and parts of names, then texts by weight, then beginnings of words', async () => {
    const long = { shortDescription: null, longDescription: 'Far away there was a zeppelin' };
    describeSolution('Ax', { de: 'Zeppelinfahrt' });
    describeSolution('Bx', { en: long });
    describeSolution('Cx', { en: { features: ['A zeppelin'] } });
    describeSolution('Dx', { en: 'A zeppelin' });
    describeSolution('Big Zeppelin');
    describeSolution('Zeppelin hangar');
    describeSolution('Zeppelin');
    await searchIndex.index.catchUp();
    expect(await find('zeppelin')).toEqual(['Zeppelin', 'Zeppelin hangar', 'Big Zeppelin', 'Dx', 'Cx', 'Bx', 'Ax']);
  });

  it('prefers texts with the words in the distance in which they are searched for', async () => {
    describeSolution('Ex', { en: 'Harbour: a harbour, harbours and many a master' });
    describeSolution('Fx', { en: 'Plans of the harbour master' });
    describeSolution('Gx', { fr: 'Plan du maître du môle' });
    describeSolution('Hx', { fr: 'Môles, plans, maîtres' });
    await searchIndex.index.catchUp();
    expect(await find('harbour master')).toEqual(['Fx', 'Ex']);
    expect(await find('maître du môle')).toEqual(['Gx', 'Hx']);
  });

  it('recognises a name however it is written', async () => {
    describeSolution('DB-All.e');
    describeSolution('OS2kompas');
    await searchIndex.index.catchUp();
    for (const search of ['DB-All.e', 'db all e', 'dballe']) expect(await find(search)).toEqual(['DB-All.e']);
    for (const search of ['OS2kompas', 'os2 kompas', 'OS2-Kompas', 'kompas'])
      expect(await find(search)).toEqual(['OS2kompas']);
  });

  it('does not prefer texts with many words of the same beginning', async () => {
    const many = Array.from({ length: 1_500 }, (_, number) => `kappa${number}`).join(' ');
    describeSolution('Ix', { en: { localisedName: `Many: ${many.slice(0, 400)}`, longDescription: many } });
    describeSolution('Jx', { en: { longDescription: 'Perhaps a kappa' } });
    await searchIndex.index.catchUp();
    expect(await find('kappa')).toEqual(['Jx', 'Ix']);
    const ranks = await ranksOf('kappa');
    expect(ranks.every(Number.isInteger)).toBe(true);
    // Not in the same tier.
    expect(Math.floor((ranks[0] ?? 0) / 100_000)).toBeLessThan(Math.floor((ranks[1] ?? 0) / 100_000));
    expect(Math.max(...ranks)).toBeLessThan(1_000_000);
  });
});

/** The ranks of what a search finds. */
async function ranksOf(search: string): Promise<number[]> {
  const rows = await createSolutionRepository(searchIndex.index.database.query).findPage(
    {
      day: '2026-01-01',
      search: await parseSearch(searchIndex.index.database.query, search),
      filter: {},
      order: { field: 'RELEVANCE', direction: 'ASC' },
    },
    { limit: 100, backward: false, after: null, before: null },
  );
  return rows.map(({ orderKey }) => orderKey);
}

describe('an unusual search', () => {
  beforeAll(async () => {
    describeSolution('Ελληνικά έγγραφα');
    describeSolution('Документы');
    describeSolution('日本語');
    await searchIndex.index.catchUp();
  });

  it.each([
    [`'`, `"`, `''`, `\\`, `\\'`, `%`, `_`, `&`, `|`, `!`, `()`, `:*`, `<->`, `--`, `$`, `;`].join(''),
    '   ',
    '\t\n',
    '🙂🙃',
    '\0',
    '\u{1}',
    '\ud800',
    '\udc00\ud800',
    '…—“”',
    '\u0301\u0301',
  ])('%j contains no words, so it finds everything', async (search) => {
    expect(await parseSearch(searchIndex.index.database.query, search)).toBeNull();
    expect((await find(search)).length).toBe((await find('')).length);
  });

  it.each([
    `zz'zz`,
    `zz' OR 'a'='a`,
    `zzzz:*`,
    `zzzz & !alfa`,
    `zzzz | alfa`,
    `(zzzz`,
    `!zzzz`,
    `zzzz <-> alfa`,
    `zzzz\\`,
    `zzzz%`,
    `zz\0zz`,
    `zz\ud800zz`,
    `\udc00zzzz`,
    '𐐷𐐷𐐷𐐷',
    '𐐷𐐨𐐷𐐨𐐷𐐨𐐷𐐨𐐷',
    '1️⃣2️⃣3️⃣4️⃣',
    'z'.repeat(100),
    'é'.repeat(100),
    '𐐷'.repeat(50),
    'zz yy xx ww vv uu tt ss',
    '字'.repeat(100),
  ])('%j finds nothing and causes no error', async (search) => {
    expect(await find(search)).toEqual([]);
  });

  it.each([
    ['z'.repeat(101)],
    ['œ'.repeat(60)],
    ['a b c d e f g h i'],
    ['a a a a a a a a a'],
    ['🙂'.repeat(51)],
    [' '.repeat(101)],
    ['z'.repeat(1_000_000)],
  ])('%.20j is rejected as too long', async (search) => {
    const { errors } = await searchIndex.index.execute(
      'query ($search: String) { solutions(search: $search) { totalCount } }',
      {
        search,
      },
    );
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ARGUMENT']);
  });

  it('finds words of other scripts', async () => {
    expect(await find('ελληνικα')).toEqual(['Ελληνικά έγγραφα']);
    expect(await find('ΈΓΓΡΑΦΑ')).toEqual(['Ελληνικά έγγραφα']);
    expect(await find('документ')).toEqual(['Документы']);
    expect(await find('докмуенты')).toEqual(['Документы']);
    expect(await find('日本語')).toEqual(['日本語']);
  });
});

it.each([
  'alfa',
  'the',
  'zebar corssings wether heather xxbra xrxssings zbera leatehr',
  'klokkenluiders software',
  'z'.repeat(100),
  'sikkerhed',
  '𐐷𐐷𐐷𐐷',
])('takes one statement: %.30j', async (search) => {
  searchIndex.index.statements();
  await parseSearch(searchIndex.index.database.query, search);
  expect(searchIndex.index.statements()).toHaveLength(1);
});
