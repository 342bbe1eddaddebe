import type { Answer } from './client.js';
import { internals } from './faults.js';

/** Words of the machinery, of which a client is told nothing. */
const machinery = [
  /127\.0\.0\.1|localhost/,
  /\bE[A-Z]{6,}\b|UND_ERR/,
  /\/subgraph|_entities|_service/,
  /node_modules|\.[jt]s:\d|socket|undici|postgres/i,
];

/** What the errors and extensions of an answer tell of the inside. A number in the data may be a code, in an error it is none. */
export function findLeaks(
  { errors, extensions }: Pick<Answer, 'errors' | 'extensions'>,
  secrets: readonly string[],
): readonly string[] {
  const told = JSON.stringify([errors, extensions]);
  return [
    ...machinery.flatMap((words) => words.exec(told) ?? []),
    ...[...internals, ...secrets].filter((word) => told.includes(word)),
  ];
}
