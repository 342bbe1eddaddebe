import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Default: 60 seconds, less than Jest gives a test. */
  readonly timeoutMs?: number;
  /** The pause between two looks. Default: 10 ms. */
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
  { timeoutMs = 60_000, intervalMs = 10, signal }: WaitOptions = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    signal?.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await sleep(intervalMs);
  }
}
