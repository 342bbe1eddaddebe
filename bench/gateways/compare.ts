import { isDeepStrictEqual } from 'node:util';

import { connections, type Candidate } from './candidates.js';
import type { Gateway } from './gateway-list.js';

/**
 * Asks everybody everything, and compares what they answer with the answers of one of them. Afterwards the code has run, and
 * what stands before the subgraphs remembers all that is asked of it.
 *
 * @param requests how many there are.
 * @throws Error when two answers hold other data, or one has errors.
 */
export async function compare(
  contestants: readonly Pick<Candidate, 'peer' | 'ask'>[],
  right: Gateway,
  requests: number,
  signal: AbortSignal,
): Promise<void> {
  const base = contestants.find(({ peer }) => peer === right);
  if (!base) throw new Error(`${right.name} is not among them.`);
  const expected = new Map<number, string>();
  await forEachTurn(requests, signal, async (turn) => {
    expected.set(turn, await base.ask(turn));
  });
  for (const { peer, ask } of contestants) {
    await forEachTurn(requests, signal, async (turn) => {
      const [answer, wanted] = [await ask(turn), expected.get(turn) ?? ''];
      if (isDeepStrictEqual(dataOf(answer), dataOf(wanted))) return;
      const shown = [`${peer.name}: ${answer}`, `${right.name}: ${wanted}`].map((text) => text.slice(0, 2_000));
      throw new Error(['Two gateways answer differently.', ...shown].join('\n'));
    });
  }
}

/** As many at a time as when it is measured. */
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

function dataOf(answer: string): unknown {
  const { data, errors } = JSON.parse(answer) as { readonly data: unknown; readonly errors?: unknown };
  if (errors !== undefined) throw new Error(`This answer has errors: ${answer.slice(0, 2_000)}`);
  return data;
}
