import type { Run } from './run.js';

/** One of the things that are compared: a way to ask the same question. */
export interface Variant {
  readonly name: string;
  /** Asks, for the nth time. Rejects when the answer is wrong. */
  readonly ask: (turn: number) => Promise<unknown>;
}

/** How often each way has its turn, and for how many milliseconds each time. */
export interface Turns {
  readonly rounds: number;
  readonly slice: number;
}

/** As many as there are orders of three, so that each way comes first, second and last equally often. */
const usualRounds = 6;

/** Divides the time of a measurement among its ways. */
export const shareTime = (seconds: number, ways: readonly Variant[]): Turns => ({
  rounds: usualRounds,
  slice: (seconds * 1000) / ways.length / usualRounds,
});

/** How long the code is run before it is measured, as a share of the time for which it is measured. */
const warmUp = 0.25;

/** Milliseconds of every answer, by round, of each way. */
export type Latencies<Asked extends Variant> = ReadonlyMap<Asked, readonly (readonly number[])[]>;

/** Asks one question after the other. */
export async function measureLatency<Asked extends Variant>(
  ways: readonly Asked[],
  seconds: number,
  run: Run,
): Promise<Latencies<Asked>> {
  const found = new Map(ways.map((way) => [way, [] as number[][]] as const));
  const turns = new Map<Variant, number>();
  await alternate(ways, shareTime(seconds, ways), run, 'one after the other', async (way, length, warm) => {
    const latencies: number[] = [];
    await repeat(length, run.signal, async () => {
      const began = performance.now();
      await way.ask(nextTurn(turns, way));
      latencies.push(performance.now() - began);
    });
    if (warm) found.get(way)?.push(latencies);
  });
  return found;
}

/** How much was answered in how much time. */
export interface Throughput {
  readonly answers: number;
  readonly milliseconds: number;
  /** Milliseconds of every answer. */
  readonly latencies: readonly number[];
}

/** Asks so many questions at a time. `around` is told where each slice of a way begins, and what it gives is told of its end. */
export async function measureThroughput<Asked extends Variant>(
  ways: readonly Asked[],
  connections: number,
  time: Turns,
  run: Run,
  around: (way: Asked) => Promise<(slice: Throughput) => Promise<void>>,
): Promise<void> {
  const turns = new Map<Variant, number>();
  await alternate(ways, time, run, `${connections} at a time`, async (way, length, warm) => {
    const over = warm ? await around(way) : undefined;
    const began = performance.now();
    const latencies: number[] = [];
    const asking = Array.from({ length: connections }, () =>
      repeat(length, run.signal, async () => {
        const asked = performance.now();
        await way.ask(nextTurn(turns, way));
        latencies.push(performance.now() - asked);
      }),
    );
    await Promise.all(asking);
    await over?.({ answers: latencies.length, milliseconds: performance.now() - began, latencies });
  });
}

/**
 * Gives every way its time in each round, in another order each round, so that a machine which gets slower or faster does so
 * for all of them.
 *
 * @param work is given its length in milliseconds, and whether the code has warmed up.
 */
async function alternate<Asked extends Variant>(
  ways: readonly Asked[],
  { rounds, slice }: Turns,
  { log: say }: Run,
  manner: string,
  work: (way: Asked, length: number, warm: boolean) => Promise<void>,
): Promise<void> {
  say(`${manner}: warming up …`);
  for (const way of ways) await work(way, slice * rounds * warmUp, false);
  for (let round = 0; round < rounds; round += 1) {
    say(`${manner}: round ${round + 1} of ${rounds} …`);
    const first = round % ways.length;
    const order = [...ways.slice(first), ...ways.slice(0, first)];
    // Half of the rounds run backwards, so that no way always follows the same other.
    for (const way of round < rounds / 2 ? order : order.reverse()) await work(way, slice, true);
  }
}

/** Does something again and again for so many milliseconds, and once at least. */
async function repeat(length: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + length;
  do {
    signal.throwIfAborted();
    await work();
  } while (performance.now() < until);
}

function nextTurn(turns: Map<Variant, number>, way: Variant): number {
  const turn = turns.get(way) ?? 0;
  turns.set(way, turn + 1);
  return turn;
}
