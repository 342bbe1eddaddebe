import { times } from '../abuse/requests/abuse.js';
import type { Client } from '../support/client.js';

/** Operations of different kinds, none of which is sent twice: caches must not retain them all. */
const kinds: readonly ((turn: number) => string)[] = [
  ...Array.from({ length: 8 }, () => (turn: number) => `{ turn${turn}: denmark { country } }`),
  // 3 KB of repeated fields.
  (turn) => `{ ${times(28, (index) => `a${index}: denmark { ${'id '.repeat(33)}}`)} turn${turn}: __typename }`,
  // Many fields, and many types of organisations.
  (turn) => `query Turn${turn} {
    ${times(2, (index) => `a${index}: organisations(ids: ["dk:administration:0820", "be:administration:25110"]) { id name turn${turn}: country existed { start } memberships { role consortium { name } } }`)}
    belgium { consortia(first: 1) { nodes { name members(first: 1) { nodes { role } } } } }
  }`,
];

const createOperation = (turn: number): string => kinds[turn % kinds.length]?.(turn) ?? '';

export interface DistinctOperations {
  readonly client: Pick<Client, 'query'>;
  readonly count: number;
  /** The number of the first operation. */
  readonly from?: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** Sends operations, small and large, each of which is new. Returns what was wrong with the responses, with the number of times. */
export async function sendDistinctOperations({
  client,
  count,
  from = 0,
  concurrency,
  signal,
}: DistinctOperations): Promise<ReadonlyMap<string, number>> {
  const problems = new Map<string, number>();
  let next = from;
  const sendAll = async (): Promise<void> => {
    while (next < from + count && !signal.aborted) {
      const query = createOperation((next += 1));
      const { status, errors } = await client.query({ query });
      if (status === 200 && !errors) continue;
      const problem = `an operation of ${query.length} characters: status ${status} ${JSON.stringify(errors?.[0] ?? null)}`;
      problems.set(problem, (problems.get(problem) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sendAll));
  return problems;
}
