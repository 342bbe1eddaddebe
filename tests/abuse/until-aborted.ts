import { setTimeout as wait } from 'node:timers/promises';

/** Waits for the end of an attack. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  wait(600_000, undefined, { signal }).catch(() => undefined);
