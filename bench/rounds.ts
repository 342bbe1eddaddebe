import { isTrial, type Run } from './run.js';

/** One of the variants that are compared: a way to obtain the same data. */
export interface Variant {
  readonly name: string;
  /** Sends the nth request. Rejects if the response is wrong. */
  readonly execute: (turn: number) => Promise<unknown>;
}

/** The number of rounds, and the milliseconds that each variant has in a round. */
export interface Schedule {
  readonly rounds: number;
  readonly sliceMs: number;
}

/** As many as there are orders of three, so that each variant comes first, second and last equally often. */
const defaultRounds = 6;

/** Divides the time of a measurement among its variants. */
export function divideTime(seconds: number, variants: readonly Variant[]): Schedule {
  const rounds = isTrial({ seconds }) ? 1 : defaultRounds;
  return { rounds, sliceMs: (seconds * 1000) / variants.length / rounds };
}

/** How long the code runs before it is measured, as a share of the time for which it is measured. */
const warmUpShare = 0.25;

/** The milliseconds of every response of each variant, by round. */
export type Latencies<Compared extends Variant> = ReadonlyMap<Compared, readonly (readonly number[])[]>;

/** Sends one request after the other. */
export async function measureLatency<Compared extends Variant>(
  variants: readonly Compared[],
  seconds: number,
  run: Run,
): Promise<Latencies<Compared>> {
  const byVariant = new Map(variants.map((variant) => [variant, [] as number[][]] as const));
  const turns = new Map<Variant, number>();
  const schedule = divideTime(seconds, variants);
  await alternate(variants, schedule, run, 'one after the other', async (variant, durationMs, isWarm) => {
    const latencies: number[] = [];
    await repeat(durationMs, run.signal, async () => {
      const began = performance.now();
      await variant.execute(nextTurn(turns, variant));
      latencies.push(performance.now() - began);
    });
    if (isWarm) byVariant.get(variant)?.push(latencies);
  });
  return byVariant;
}

/** The number of responses in a period. */
export interface Throughput {
  readonly responses: number;
  readonly milliseconds: number;
  /** The milliseconds of every response. */
  readonly latencies: readonly number[];
}

/**
 * Sends several requests at a time; in a trial, one.
 *
 * @param beginSlice is called before each slice of a variant; the function that it returns is called after the slice.
 */
export async function measureThroughput<Compared extends Variant>(
  variants: readonly Compared[],
  connections: number,
  schedule: Schedule,
  run: Run,
  beginSlice: (variant: Compared) => Promise<(slice: Throughput) => Promise<void>>,
): Promise<void> {
  const turns = new Map<Variant, number>();
  await alternate(variants, schedule, run, `${connections} at a time`, async (variant, durationMs, isWarm) => {
    const endSlice = isWarm ? await beginSlice(variant) : undefined;
    const began = performance.now();
    const latencies: number[] = [];
    const clients = Array.from({ length: isTrial(run) ? 1 : connections }, () =>
      repeat(durationMs, run.signal, async () => {
        const sent = performance.now();
        await variant.execute(nextTurn(turns, variant));
        latencies.push(performance.now() - sent);
      }),
    );
    await Promise.all(clients);
    await endSlice?.({ responses: latencies.length, milliseconds: performance.now() - began, latencies });
  });
}

/**
 * Runs every variant in each round, in another order each round, so that a machine which becomes slower or faster affects all of
 * them.
 *
 * @param work receives its duration, and whether the code has warmed up.
 */
async function alternate<Compared extends Variant>(
  variants: readonly Compared[],
  { rounds, sliceMs }: Schedule,
  run: Run,
  manner: string,
  work: (variant: Compared, durationMs: number, isWarm: boolean) => Promise<void>,
): Promise<void> {
  const { log } = run;
  if (!isTrial(run)) {
    log(`${manner}: warming up …`);
    for (const variant of variants) await work(variant, sliceMs * rounds * warmUpShare, false);
  }
  for (let round = 0; round < rounds; round += 1) {
    log(`${manner}: round ${round + 1} of ${rounds} …`);
    const first = round % variants.length;
    const order = [...variants.slice(first), ...variants.slice(0, first)];
    // Half of the rounds run backwards, so that no variant always follows the same other.
    for (const variant of round < rounds / 2 ? order : order.reverse()) await work(variant, sliceMs, true);
  }
}

/** Repeats the work for a duration, and at least once. */
async function repeat(durationMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + durationMs;
  do {
    signal.throwIfAborted();
    await work();
  } while (performance.now() < until);
}

function nextTurn(turns: Map<Variant, number>, variant: Variant): number {
  const turn = turns.get(variant) ?? 0;
  turns.set(variant, turn + 1);
  return turn;
}
