import { createRandom } from '../../kit/testing/random.js';
import { configurations, stemPrefix } from '../search/languages.js';
import type { SearchText } from '../search/record-texts.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { addVectors } from './record-vectors.js';

let index: TestIndex;
beforeAll(async () => {
  index = await startTestIndex([]);
});
afterAll(() => index.close());

const words = [
  ...[
    'mødestyring',
    'møder',
    'og',
    'the',
    'running',
    'délibérations',
    'du',
    'l',
    'gestione',
    'gestion',
    'meetings',
    'de',
    'sikkerhed',
    'Straßen',
    '2024',
    '0',
    '7',
  ],
  ...[
    '1e5',
    '12abc',
    'abc12',
    '4g5e10',
    '٣٤',
    'ψηφιακή',
    '会議',
    'x',
    'no',
    '0x1f',
    '5e',
    'os2',
    '²',
    '½',
    'e1',
    '1e',
    '00',
    '𝟘a',
  ],
];

/** Texts as records have them, of any configuration and weight. */
function makeTexts(seed: number, length: number): readonly SearchText[] {
  const random = createRandom(seed);
  return Array.from({ length: 1 + random.below(12) }, () => {
    const [language, configuration] = random.pick([...configurations]);
    const isStemmed = random.chance(0.5);
    return {
      configuration: isStemmed ? configuration : 'simple',
      prefix: isStemmed ? stemPrefix(language) : '',
      weight: random.pick(['A', 'B', 'C', 'D'] as const),
      text: Array.from({ length: 1 + random.below(length) }, () => random.pick(words)).join(' '),
    };
  });
}

const run = <Row>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
  index.database.dataSource.query(statement, [...values]);

const compare = async (texts: readonly (readonly SearchText[])[]): Promise<readonly object[]> => {
  const rows = await addVectors(
    run,
    texts.map((some, number) => ({ id: String(number), texts: some })),
  );
  const different = await run<{ expected: string; vector: string }>(
    `SELECT * FROM (
      SELECT coalesce(search_vector(texts), '')::text AS expected, coalesce(vector::tsvector, search_vector(texts), '')::text AS vector
      FROM jsonb_to_recordset($1::jsonb) AS given (vector text, texts jsonb)
    ) compared WHERE expected <> vector`,
    [JSON.stringify(rows.map((row, number) => ({ ...row, texts: texts[number] })))],
  );
  expect(different).toEqual([]);
  return rows;
};

it('equals what PostgreSQL makes of the texts, word by word and with what is known of them', async () => {
  const texts = [[], ...Array.from({ length: 60 }, (_, seed) => makeTexts(seed, 30))];
  for (const rows of [await compare(texts), await compare(texts)])
    expect(rows.every((row) => 'vector' in row)).toBe(true);
});

it('leaves a record with more places than a vector has to PostgreSQL', async () => {
  const rows = await compare([makeTexts(1, 20_000), Array.from({ length: 3 }, () => makeTexts(2, 8_000)).flat()]);
  expect(rows.map((row) => 'vector' in row)).toEqual([false, false]);
});
