import type { Query } from '../index-database.js';
import { configurations } from '../search/languages.js';
import { languageStopWords } from '../search/stop-words.js';

/** The stems of words in languages. */
export interface Lexemes {
  /** Null for a stop word of the language, and for a word that was not requested. */
  readonly stem: (language: string, word: string) => string | null;
}

/** Stems words in their languages by PostgreSQL's dictionaries, in one statement. */
export async function lexize(
  query: Query,
  words: readonly { readonly language: string; readonly word: string }[],
): Promise<Lexemes> {
  const rows = await query<{ readonly stem: string | null }>(
    `SELECT (ts_lexize(dictionary::regdictionary, word))[1] AS stem
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS term (dictionary, word, place) ORDER BY place`,
    [words.map(({ language }) => `${configurations.get(language) ?? ''}_stem`), words.map(({ word }) => word)],
  );
  const stems = new Map(
    words.map(({ language, word }, place) => [
      `${language} ${word}`,
      languageStopWords.has(word) ? null : (rows[place]?.stem ?? null),
    ]),
  );
  return { stem: (language, word) => stems.get(`${language} ${word}`) ?? null };
}
