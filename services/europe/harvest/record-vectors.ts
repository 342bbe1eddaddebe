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
  const requested = [...unknown.values()];
  for (let first = 0; first < requested.length; first += maxRequested)
    await requestWords(run, requested.slice(first, first + maxRequested), parsed);
  return parsed;
}

/** In one statement, so that it ends within the time limit of statements. */
const maxRequested = 20_000;

async function requestWords(
  run: Run,
  requested: readonly (readonly [configuration: string, word: string])[],
  parsed: ReadonlyMap<string, Map<string, ParsedWord>>,
): Promise<void> {
  // A last word that no configuration changes shows how many places are before it.
  const found = await run<{ place: number; lexemes: string[]; places: number[]; width: number }>(
    `SELECT requested.place::int, array_agg(found.lexeme) AS lexemes, array_agg(position) AS places, max(position) - 1 AS width
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS requested (configuration, word, place)
    CROSS JOIN unnest(to_tsvector(requested.configuration::regconfig, requested.word || ' 0')) AS found (lexeme, positions, weights)
    CROSS JOIN unnest(found.positions) AS position GROUP BY 1`,
    [requested.map(([configuration]) => configuration), requested.map(([, word]) => word)],
  );
  for (const { place, lexemes, places, width } of found) {
    const pairs = lexemes.map((lexeme, index) => [lexeme, places[index] ?? 0] as const);
    const parsedWord = { lexemes: pairs.filter(([, at]) => at <= width), width };
    const [configuration = '', word = ''] = requested[place - 1] ?? [];
    parsed.get(configuration)?.set(word, parsedWord);
    parsedWords.set(keyOf(configuration, word), parsedWord);
  }
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
