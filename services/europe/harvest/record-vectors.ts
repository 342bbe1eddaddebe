import { encodeTextArray } from '../../kit/database/text-array.js';
import { mapInSlices } from '../../kit/map-in-slices.js';
import type { Run } from '../derive/exclusive-transaction.js';
import type { SearchText } from '../search/record-texts.js';
import { createRecentWords, type ParsedWord } from './recent-words.js';
import type { TableChange } from './validate-entries.js';

type Row = TableChange['rows'][number];

/** A PostgreSQL search vector has no places after this one, and so many of a lexeme. */
const maxPlace = 16_383;
const maxPlacesOfLexeme = 255;

/** What was parsed before, by configuration. */
const recentWords = createRecentWords();

/** A text with its words. */
interface SplitText extends SearchText {
  readonly words: readonly string[];
}

/** What was parsed of a page, by configuration and word; null for a word that PostgreSQL has not parsed yet, or of which it makes nothing. */
type ParsedWords = ReadonlyMap<string, Map<string, ParsedWord | null>>;

const unstemmed = 'simple';
/** Words that PostgreSQL takes as they are, so that only their stems are requested. */
const isPlain = (word: string): boolean => /^[a-z]+$/.test(word);

/**
 * Adds the search vectors of records: what the SQL function `search_vector` returns for their texts, while each word is stemmed
 * once and not wherever it occurs. A record with more places than a vector has keeps its texts, for that function.
 */
export async function addVectors(run: Run, rows: readonly Row[]): Promise<readonly Row[]> {
  const split = rows.map(({ texts }) => splitTexts(texts as readonly SearchText[]));
  const parsed = await parseWords(run, split);
  return mapInSlices(rows.entries(), ([index, { texts, ...row }]) => {
    const vector = toVector(split[index] ?? [], parsed);
    return vector === null ? { ...row, texts } : { ...row, vector };
  });
}

/** A text comes twice, as it is and for its stems. */
function splitTexts(texts: readonly SearchText[]): SplitText[] {
  let last: SplitText | undefined;
  return texts.map((text) => (last = { ...text, words: last?.text === text.text ? last.words : text.text.split(' ') }));
}

/** The words of texts, each parsed by PostgreSQL if it is not known. Plain words are left out. */
async function parseWords(run: Run, records: readonly (readonly SplitText[])[]): Promise<ParsedWords> {
  const parsed = new Map<string, Map<string, ParsedWord | null>>();
  const unknown: RequestedWord[] = [];
  for (const texts of records) {
    for (const { configuration, prefix, words } of texts) {
      const ofConfiguration = parsed.get(configuration) ?? new Map<string, ParsedWord | null>();
      parsed.set(configuration, ofConfiguration);
      for (const word of words) {
        if ((configuration === unstemmed && isPlain(word)) || ofConfiguration.has(word)) continue;
        const known = recentWords.get(configuration, word) ?? null;
        ofConfiguration.set(word, known);
        if (known === null) unknown.push({ configuration, prefix, word });
      }
    }
  }
  const [plain, others] = [true, false].map((are) => unknown.filter(({ word }) => isPlain(word) === are));
  for (const [requested, request] of [
    [plain ?? [], requestStems],
    [others ?? [], requestWords],
  ] as const)
    for (let first = 0; first < requested.length; first += maxRequested) {
      const part = requested.slice(first, first + maxRequested);
      for (const [index, found] of (await request(run, part)).entries()) {
        const { configuration = '', word = '' } = part[index] ?? {};
        if (found === undefined) continue;
        parsed.get(configuration)?.set(word, found);
        recentWords.set(configuration, copyOf(word), found);
      }
    }
  return parsed;
}

/** A part of a text keeps all of the text in memory. */
const copyOf = (word: string): string => Buffer.from(word).toString();

interface RequestedWord extends Pick<SearchText, 'configuration' | 'prefix'> {
  readonly word: string;
}

/** In one statement, so that it ends within the time limit of statements. */
const maxRequested = 20_000;

/** The stems of plain words, each of which takes a place even if it is a stop word. */
async function requestStems(run: Run, requested: readonly RequestedWord[]): Promise<(ParsedWord | undefined)[]> {
  const configurations = [...new Set(requested.map(({ configuration }) => configuration))];
  // One value: a row for each word would take longer than its stem. A dictionary is looked up once.
  const [found] = await run<{ stems: readonly (string | null)[] }>(
    `SELECT json_agg((ts_lexize(((SELECT $3::text[]::regdictionary[]))[dictionary], word))[1] ORDER BY place) AS stems
    FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS requested (dictionary, word, place)`,
    [
      requested.map(({ configuration }) => configurations.indexOf(configuration) + 1),
      encodeTextArray(requested.map(({ word }) => word)),
      configurations.map((configuration) => `${configuration}_stem`),
    ],
  );
  return requested.map(({ prefix }, index) => {
    const stem = found?.stems[index] ?? null;
    return { lexemes: stem === null ? [] : [[`${prefix}${stem}`, 1]], width: 1 };
  });
}

/** What PostgreSQL makes of other words: of some it makes several, and of some none. */
async function requestWords(run: Run, requested: readonly RequestedWord[]): Promise<(ParsedWord | undefined)[]> {
  // A last word that no configuration changes shows how many places are before it.
  const found = await run<{ place: number; lexemes: string[]; places: number[]; width: number }>(
    `SELECT requested.place::int, array_agg(found.lexeme) AS lexemes, array_agg(position) AS places, max(position) - 1 AS width
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS requested (configuration, word, place)
    CROSS JOIN unnest(to_tsvector(requested.configuration::regconfig, requested.word || ' 0')) AS found (lexeme, positions, weights)
    CROSS JOIN unnest(found.positions) AS position GROUP BY 1`,
    [requested.map(({ configuration }) => configuration), requested.map(({ word }) => word)],
  );
  const words: (ParsedWord | undefined)[] = [];
  for (const { place, lexemes, places, width } of found) {
    const prefix = requested[place - 1]?.prefix ?? '';
    const pairs = lexemes.map((lexeme, index) => [prefix + lexeme, places[index] ?? 0] as const);
    words[place - 1] = { lexemes: pairs.filter(([, at]) => at <= width), width };
  }
  return words;
}

/** The places of a lexeme as a vector has them: `1A,7B`. */
interface Places {
  text: string;
  count: number;
}

/** The vector as PostgreSQL reads it: `'da.mod':1A,7B 'mode':2`. Null if it has too many places. */
function toVector(texts: readonly SplitText[], parsed: ParsedWords): string | null {
  const placesOf = new Map<string, Places>();
  let last = 0;
  const addPlace = (lexeme: string, place: number, label: string): boolean => {
    last = Math.max(last, place);
    const places = placesOf.get(lexeme);
    if (places === undefined) {
      placesOf.set(lexeme, { text: `${place}${label}`, count: 1 });
      return true;
    }
    places.text += `,${place}${label}`;
    places.count += 1;
    return places.count <= maxPlacesOfLexeme;
  };
  for (const { configuration, weight, words } of texts) {
    const label = weight === 'D' ? '' : weight;
    const known = parsed.get(configuration);
    let place = last;
    for (const word of words) {
      if (configuration === unstemmed && isPlain(word)) {
        place += 1;
        if (!addPlace(word, place, label)) return null;
        continue;
      }
      const found = known?.get(word);
      if (found == null) continue;
      for (const [lexeme, at] of found.lexemes) if (!addPlace(lexeme, place + at, label)) return null;
      place += found.width;
    }
    if (place >= maxPlace) return null;
  }
  // Lexemes are letters and digits, so nothing needs escaping.
  let vector = '';
  for (const [lexeme, { text }] of placesOf) vector += `'${lexeme}':${text} `;
  return vector.trimEnd();
}
