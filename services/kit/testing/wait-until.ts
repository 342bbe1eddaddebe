import { setTimeout as sleep } from 'node:timers/promises';

const defaultPauses = { firstMs: 10, count: 20, laterMs: 50 } as const;

export interface WaitOptions {
  /** Default: 60 seconds, less than Jest gives a test. */
  readonly timeoutMs?: number;
  /** The pause between two looks. Default: 10 ms, and later 50, because each look takes time from what is waited for. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Waits until a condition holds.
 *
 * @param what it waits for, as the error names it: `the index to hold 3 claims`
 * @throws Error when the time is over, or the reason of the signal.
 * @example
 * await waitUntil('the log to have a line', () => lines.length > 0);
 */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { timeoutMs = 60_000, intervalMs, signal }: WaitOptions = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let looks = 0; !(await condition()); looks += 1) {
    signal?.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await sleep(intervalMs ?? (looks < defaultPauses.count ? defaultPauses.firstMs : defaultPauses.laterMs));
  }
}
