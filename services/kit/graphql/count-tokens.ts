import { Lexer, type Source, TokenKind } from 'graphql';

/** Counts words and signs of a text as graphql-js does, as far as it can be read. */
export function countTokens(source: Source): number {
  const lexer = new Lexer(source);
  let found = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) found += 1;
  } catch {
    // What follows belongs to no word.
  }
  return found;
}
