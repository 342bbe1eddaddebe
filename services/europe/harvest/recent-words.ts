/** What a text search configuration makes of a word: its lexemes, with their places, and how many places the word takes. */
export interface ParsedWord {
  /** As in the index: stems with the prefix of their language. */
  readonly lexemes: readonly (readonly [lexeme: string, place: number])[];
  readonly width: number;
}

/** Enough for the words that occur often; those of all languages take about 20 MB. */
const maxWords = 10_000;

/**
 * Keeps words that were used recently, by configuration. Once there are `maxWords`, they become the earlier ones, and those that were
 * not used since are forgotten: so a word that is used is found by a look-up, without a list of their order.
 */
export function createRecentWords() {
  const recent = new Map<string, Map<string, ParsedWord>>();
  const earlier = new Map<string, Map<string, ParsedWord>>();
  const set = (configuration: string, word: string, parsed: ParsedWord): void => {
    let words = recent.get(configuration);
    if (words === undefined || words.size >= maxWords) {
      if (words !== undefined) earlier.set(configuration, words);
      recent.set(configuration, (words = new Map<string, ParsedWord>()));
    }
    words.set(word, parsed);
  };
  return {
    set,
    get: (configuration: string, word: string): ParsedWord | undefined => {
      const found = recent.get(configuration)?.get(word);
      if (found !== undefined) return found;
      const before = earlier.get(configuration)?.get(word);
      if (before !== undefined) set(configuration, word, before);
      return before;
    },
  };
}
