import { LRUCache } from 'lru-cache';

import type { Run } from '../derive/exclusive-transaction.js';
import type { SearchText } from '../search/record-texts.js';
import type { TableChange } from './validate-entries.js';

type Row = TableChange['rows'][number];

/** What a text search configuration makes of a word: its lexemes, with their places, and how many places the word takes. */
interface ParsedWord {
  readonly lexemes: readonly (readonly [lexeme: string, place: number])[];
  readonly width: number;
}

/** A PostgreSQL search vector has no places after this one, and so many of a lexeme. */
const maxPlace = 16_383;
const maxPlacesOfLexeme = 255;

/** Enough for the words that occur often, in about 15 MB. */
const maxWords = 50_000;
const parsedWords = new LRUCache<string, ParsedWord>({ max: maxWords });

const keyOf = (configuration: string, word: string): string => `${configuration} ${word}`;

/** A text with its words. */
interface SplitText extends SearchText {
  readonly words: readonly string[];
}

/** What was parsed of a page, by configuration and word. */
type ParsedWords = ReadonlyMap<string, ReadonlyMap<string, ParsedWord>>;

const unstemmed = 'simple';
/** Words that PostgreSQL takes as they are, so that only their stems are requested. */
const isPlain = (word: string): boolean => /^[a-z]+$/.test(word);

/**
 * Adds the search vectors of records: what the SQL function `search_vector` returns for their texts, while each word is stemmed
 * once and not wherever it occurs. A record with more places than a vector has keeps its texts, for that function.
 */
export async function addVectors(run: Run, rows: readonly Row[]): Promise<readonly Row[]> {
  const split = rows.map(({ texts }) =>
    (texts as readonly SearchText[]).map((text) => ({ ...text, words: text.text.split(' ') })),
  );
  const parsed = await parseWords(run, split.flat());
  return rows.map(({ texts, ...row }, index) => {
    const vector = toVector(split[index] ?? [], parsed);
    return vector === null ? { ...row, texts } : { ...row, vector };
  });
}

/** The words of texts, each parsed by PostgreSQL if it is not known. Plain words are left out. */
async function parseWords(run: Run, texts: readonly SplitText[]): Promise<ParsedWords> {
  const parsed = new Map<string, Map<string, ParsedWord>>();
  const unknown = new Map<string, readonly [configuration: string, word: string]>();
  for (const { configuration, words } of texts) {
    const ofConfiguration = parsed.get(configuration) ?? new Map<string, ParsedWord>();
    parsed.set(configuration, ofConfiguration);
    for (const word of words) {
      if (ofConfiguration.has(word) || (configuration === unstemmed && isPlain(word))) continue;
      const key = keyOf(configuration, word);
      const known = parsedWords.get(key);
      if (known) ofConfiguration.set(word, known);
      else unknown.set(key, [configuration, word]);
    }
  }
  const [plain, others] = [true, false].map((are) => [...unknown.values()].filter(([, word]) => isPlain(word) === are));
  for (const [requested, request] of [
    [plain ?? [], requestStems],
    [others ?? [], requestWords],
  ] as const)
    for (let first = 0; first < requested.length; first += maxRequested) {
      const part = requested.slice(first, first + maxRequested);
      for (const [index, word] of (await request(run, part)).entries()) {
        const [configuration, text] = part[index] ?? ['', ''];
        if (word === undefined) continue;
        parsed.get(configuration)?.set(text, word);
        parsedWords.set(keyOf(configuration, text), word);
      }
    }
  return parsed;
}

type RequestedWord = readonly [configuration: string, word: string];

/** In one statement, so that it ends within the time limit of statements. */
const maxRequested = 20_000;

/** The stems of plain words, each of which takes a place even if it is a stop word. */
async function requestStems(run: Run, requested: readonly RequestedWord[]): Promise<(ParsedWord | undefined)[]> {
  const found = await run<{ stem: string | null }>(
    `SELECT (ts_lexize((configuration || '_stem')::regdictionary, word))[1] AS stem
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS requested (configuration, word, place) ORDER BY place`,
    [requested.map(([configuration]) => configuration), requested.map(([, word]) => word)],
  );
  return found.map(({ stem }) => ({ lexemes: stem === null ? [] : [[stem, 1]], width: 1 }));
}

/** What PostgreSQL makes of other words: of some it makes several, and of some none. */
async function requestWords(run: Run, requested: readonly RequestedWord[]): Promise<(ParsedWord | undefined)[]> {
  // A last word that no configuration changes shows how many places are before it.
  const found = await run<{ place: number; lexemes: string[]; places: number[]; width: number }>(
    `SELECT requested.place::int, array_agg(found.lexeme) AS lexemes, array_agg(position) AS places, max(position) - 1 AS width
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS requested (configuration, word, place)
    CROSS JOIN unnest(to_tsvector(requested.configuration::regconfig, requested.word || ' 0')) AS found (lexeme, positions, weights)
    CROSS JOIN unnest(found.positions) AS position GROUP BY 1`,
    [requested.map(([configuration]) => configuration), requested.map(([, word]) => word)],
  );
  const words: (ParsedWord | undefined)[] = [];
  for (const { place, lexemes, places, width } of found) {
    const pairs = lexemes.map((lexeme, index) => [lexeme, places[index] ?? 0] as const);
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
  for (const { configuration, prefix, weight, words } of texts) {
    const label = weight === 'D' ? '' : weight;
    const known = parsed.get(configuration);
    let place = last;
    for (const word of words) {
      const found = known?.get(word);
      if (found === undefined) {
        // A plain word, or one of which PostgreSQL makes nothing.
        if (configuration !== unstemmed || !isPlain(word)) continue;
        place += 1;
        if (!addPlace(prefix + word, place, label)) return null;
        continue;
      }
      for (const [lexeme, at] of found.lexemes) if (!addPlace(prefix + lexeme, place + at, label)) return null;
      place += found.width;
    }
    if (place >= maxPlace) return null;
  }
  // Lexemes are letters and digits, so nothing needs escaping.
  let vector = '';
  for (const [lexeme, { text }] of placesOf) vector += `'${lexeme}':${text} `;
  return vector.trimEnd();
}
