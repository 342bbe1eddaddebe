import { isDeepStrictEqual } from 'node:util';

import { connections, type Candidate } from './candidates.js';
import type { Gateway } from './gateway-list.js';

/**
 * Sends every request to every gateway, and compares the responses with those of one of them. Afterwards the code has warmed up,
 * and the replaying proxy before the subgraphs has recorded all responses.
 *
 * @param requests the number of different requests.
 * @throws Error if two responses have different data, or one has errors.
 */
export async function compare(
  candidates: readonly Pick<Candidate, 'gateway' | 'execute'>[],
  reference: Gateway,
  requests: number,
  signal: AbortSignal,
): Promise<void> {
  const base = candidates.find(({ gateway }) => gateway === reference);
  if (!base) throw new Error(`${reference.name} is not among the gateways.`);
  const expected = new Map<number, string>();
  await forEachTurn(requests, signal, async (turn) => {
    expected.set(turn, await base.execute(turn));
  });
  for (const { gateway, execute } of candidates) {
    await forEachTurn(requests, signal, async (turn) => {
      const [response, wanted] = [await execute(turn), expected.get(turn) ?? ''];
      if (isDeepStrictEqual(dataOf(response), dataOf(wanted))) return;
      const shown = [`${gateway.name}: ${response}`, `${reference.name}: ${wanted}`].map((text) =>
        text.slice(0, 2_000),
      );
      throw new Error(['Two gateways return different data.', ...shown].join('\n'));
    });
  }
}

/** Runs as many at a time as the measurement does. */
async function forEachTurn(turns: number, signal: AbortSignal, work: (turn: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < turns) {
      signal.throwIfAborted();
      await work(next++);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

function dataOf(response: string): unknown {
  const { data, errors } = JSON.parse(response) as { readonly data: unknown; readonly errors?: unknown };
  if (errors !== undefined) throw new Error(`A response has errors: ${response.slice(0, 2_000)}`);
  return data;
}
