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
const wordsOf = ({ text }: SearchText): readonly string[] => text.split(' ');

/**
 * Adds the search vectors of records: what the SQL function `search_vector` returns for their texts, while each word is stemmed
 * once and not wherever it occurs. A record with more places than a vector has keeps its texts, for that function.
 */
export async function addVectors(run: Run, rows: readonly Row[]): Promise<readonly object[]> {
  const parsed = await parseWords(run, rows);
  return rows.map(({ texts, ...row }) => {
    const vector = toVector(texts as readonly SearchText[], parsed);
    return vector === null ? { ...row, texts } : { ...row, vector };
  });
}

/** The words of these rows' texts, each parsed by PostgreSQL if it is not known. */
async function parseWords(run: Run, rows: readonly Row[]): Promise<ReadonlyMap<string, ParsedWord>> {
  const parsed = new Map<string, ParsedWord>();
  const unknown = new Map<string, readonly [configuration: string, word: string]>();
  for (const { texts } of rows)
    for (const text of texts as readonly SearchText[])
      for (const word of wordsOf(text)) {
        const key = keyOf(text.configuration, word);
        if (parsed.has(key) || unknown.has(key)) continue;
        const known = parsedWords.get(key);
        if (known) parsed.set(key, known);
        else unknown.set(key, [text.configuration, word]);
      }
  if (unknown.size === 0) return parsed;
  const requested = [...unknown.values()];
  // A last word that no configuration changes shows how many places are before it.
  const found = await run<{ place: number; lexemes: string[]; places: number[]; width: number }>(
    `SELECT requested.place::int, array_agg(found.lexeme) AS lexemes, array_agg(position) AS places, max(position) - 1 AS width
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS requested (configuration, word, place)
    CROSS JOIN unnest(to_tsvector(requested.configuration::regconfig, requested.word || ' 0')) AS found (lexeme, positions, weights)
    CROSS JOIN unnest(found.positions) AS position GROUP BY 1`,
    [requested.map(([configuration]) => configuration), requested.map(([, word]) => word)],
  );
  const keys = [...unknown.keys()];
  for (const { place, lexemes, places, width } of found) {
    const pairs = lexemes.map((lexeme, index) => [lexeme, places[index] ?? 0] as const);
    const word = { lexemes: pairs.filter(([, at]) => at <= width), width };
    const key = keys[place - 1] ?? '';
    parsed.set(key, word);
    parsedWords.set(key, word);
  }
  return parsed;
}

/** The vector as PostgreSQL reads it: `'da.mod':1A,7B 'mode':2`. Null if it has too many places. */
function toVector(texts: readonly SearchText[], parsed: ReadonlyMap<string, ParsedWord>): string | null {
  const placesOf = new Map<string, string[]>();
  let last = 0;
  for (const text of texts) {
    const label = text.weight === 'D' ? '' : text.weight;
    let place = last;
    for (const word of wordsOf(text)) {
      const { lexemes, width } = parsed.get(keyOf(text.configuration, word)) ?? { lexemes: [], width: 0 };
      for (const [lexeme, at] of lexemes) {
        const name = text.prefix + lexeme;
        const places = placesOf.get(name);
        if (places === undefined) placesOf.set(name, [`${place + at}${label}`]);
        else if (places.push(`${place + at}${label}`) > maxPlacesOfLexeme) return null;
        last = Math.max(last, place + at);
      }
      place += width;
    }
    if (place >= maxPlace) return null;
  }
  // Lexemes are letters and digits, so nothing needs escaping.
  return [...placesOf].map(([lexeme, places]) => `'${lexeme}':${places.join(',')}`).join(' ');
}
