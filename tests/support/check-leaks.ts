import type { GraphQLResponse } from './client.js';
import { internals } from './faults.js';

/** Internals that no response may contain. */
const patterns = [
  /127\.0\.0\.1|localhost/,
  /\bE[A-Z]{6,}\b|UND_ERR/,
  /\/subgraph|_entities|_service/,
  /node_modules|\.[jt]s:\d|socket|undici|postgres/i,
];

/** The internals that the errors and extensions of a response reveal. The data is not checked: a number there may be a code. */
export function findLeaks(
  { errors, extensions }: Pick<GraphQLResponse, 'errors' | 'extensions'>,
  secrets: readonly string[],
): readonly string[] {
  const text = JSON.stringify([errors, extensions]);
  return [
    ...patterns.flatMap((pattern) => pattern.exec(text) ?? []),
    ...[...internals, ...secrets].filter((word) => contains(text, word)),
  ];
}

/** A number in a longer one is another number: a port is not part of the code of a municipality. */
const contains = (text: string, word: string): boolean =>
  /^\d+$/.test(word) ? new RegExp(`(?<!\\d)${word}(?!\\d)`).test(text) : text.includes(word);
