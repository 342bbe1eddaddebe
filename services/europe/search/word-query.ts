import { intersect, type SlotSet, unite } from './slot-sets.js';

/** A word of a query: as written, or as the beginning of words; in names only, or anywhere. */
export interface WordTerm {
  readonly word: string;
  readonly isBeginning: boolean;
  readonly isInNames: boolean;
}

/** A query for words, as PostgreSQL's `tsquery` without its distances. */
export type WordQuery = WordTerm | { readonly all: readonly WordQuery[] } | { readonly any: readonly WordQuery[] };

/** Parses what `parse-search.ts` writes: `('a':* | 'b':A) & 'c'`. Words at a distance are words that both occur. */
export function parseWordQuery(text: string): WordQuery {
  const tokens = text.match(/'[^']*'(?::\*?A?)?|[()&|]|<\d+>/g) ?? [];
  let next = 0;
  const parseTerm = (): WordQuery => {
    const token = tokens[next++] ?? '';
    if (token === '(') {
      const inner = parseAny();
      next += 1;
      return inner;
    }
    const [, word = '', beginning, label] = /^'([^']*)'(?::(\*)?(A)?)?$/.exec(token) ?? [];
    return { word, isBeginning: beginning !== undefined, isInNames: label !== undefined };
  };
  const parseAll = (): WordQuery => {
    const all = [parseTerm()];
    while (tokens[next] === '&' || tokens[next]?.startsWith('<')) {
      next += 1;
      all.push(parseTerm());
    }
    return all.length === 1 ? (all[0] as WordQuery) : { all };
  };
  const parseAny = (): WordQuery => {
    const any = [parseAll()];
    while (tokens[next] === '|') {
      next += 1;
      any.push(parseAll());
    }
    return any.length === 1 ? (any[0] as WordQuery) : { any };
  };
  return parseAny();
}

/** The words of queries. */
export function wordsOf(query: WordQuery): readonly WordTerm[] {
  if ('all' in query) return query.all.flatMap(wordsOf);
  return 'any' in query ? query.any.flatMap(wordsOf) : [query];
}

/**
 * The slots that a query finds in a segment; null if it finds none.
 *
 * @param slotsOf null for a word that the segment does not have, as most words of a topic.
 */
export function evaluate(query: WordQuery, slotsOf: (term: WordTerm) => SlotSet | null): SlotSet | null {
  if ('all' in query) {
    let common: SlotSet | null = null;
    for (const inner of query.all) {
      const found = evaluate(inner, slotsOf);
      if (found === null) return null;
      common = common === null ? found : intersect(common, found);
    }
    return common;
  }
  if ('any' in query) {
    let united: SlotSet | null = null;
    for (const inner of query.any) {
      const found = evaluate(inner, slotsOf);
      united = united === null || found === null ? (united ?? found) : unite(united, found);
    }
    return united;
  }
  return slotsOf(query);
}
