import { Lexer, type Source, TokenKind } from 'graphql';

/** Counts the tokens of a text as graphql-js does, up to the first that is not valid. */
export function countTokens(source: Source): number {
  const lexer = new Lexer(source);
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  } catch {
    // The rest is not a token.
  }
  return count;
}
