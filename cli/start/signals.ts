import { once } from 'node:events';

/** The requests of the user at the terminal. */
export interface StopSignals {
  /** Stop gracefully. */
  readonly stop: AbortSignal;
  /** Stop at once. */
  readonly now: AbortSignal;
}

/** npm passes on a signal that the terminal has sent to both: two within this time are one. */
const sameKeypressMs = 500;

/** The first Ctrl-C (or SIGTERM, or a closed terminal) requests a graceful stop, the next an immediate one, a third exits the process. */
export function listenForSignals(): StopSignals {
  const stages = [new AbortController(), new AbortController()] as const;
  let last = -Infinity;
  const advance = (): void => {
    const now = performance.now();
    if (now - last < sameKeypressMs) return;
    last = now;
    const next = stages.find(({ signal }) => !signal.aborted);
    if (next) next.abort();
    else process.exit(130);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, advance);
  // The reader of the output is gone: `npm start | head`, or a closed terminal. A full disk only costs lines of the log.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'ENOSPC') stages[0].abort();
  });
  return { stop: stages[0].signal, now: stages[1].signal };
}

/** Resolves when the signal is aborted. */
export async function whenAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
