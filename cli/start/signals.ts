import { once } from 'node:events';

/** What the person at the terminal asks for. */
export interface StopSignals {
  /** Stop in good order. */
  readonly stop: AbortSignal;
  /** Stop at once. */
  readonly now: AbortSignal;
}

/** npm passes on a signal that the terminal has sent to both: two within this time are one. */
const sameKey = 500;

/** The first Ctrl-C (or SIGTERM, or a closed terminal) asks to stop, the next to stop at once, a third ends the process. */
export function listenForSignals(): StopSignals {
  const stages = [new AbortController(), new AbortController()] as const;
  let last = -Infinity;
  const advance = (): void => {
    const now = performance.now();
    if (now - last < sameKey) return;
    last = now;
    const next = stages.find(({ signal }) => !signal.aborted);
    if (next) next.abort();
    else process.exit(130);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, advance);
  // Nobody reads any more: `npm start | head`, or a terminal that is gone.
  process.stdout.on('error', () => {
    stages[0].abort();
  });
  return { stop: stages[0].signal, now: stages[1].signal };
}

/** Settles when the signal is given. */
export async function given(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
