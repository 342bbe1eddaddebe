import { setTimeout as wait } from 'node:timers/promises';

import type { Child } from './processes.js';

/** How long to wait before a process that has ended starts again: longer each time, and from the start after a stable run. */
export interface RestartDelays {
  readonly firstMs: number;
  readonly maxMs: number;
  /** A process that ran for this long was stable. */
  readonly stableMs: number;
}

const defaultDelays: RestartDelays = { firstMs: 1_000, maxMs: 60_000, stableMs: 60_000 };

export interface KeepRunningOptions {
  /** Starts the process again. It must not reject. */
  readonly restart: () => Child | Promise<Child>;
  /** Called with how the process ended, such as `SIGKILL`, and the time until it starts again. */
  readonly onEnd: (how: string, delayMs: number) => void;
  /** Aborted when the process is meant to end. */
  readonly signal: AbortSignal;
  readonly delays?: RestartDelays;
}

/** A process that is started again whenever it ends. */
export interface KeptProcess {
  /** The process at present, which may have ended. */
  readonly current: () => Child;
  /** Resolves after `signal` was aborted: no process is started any more. */
  readonly over: Promise<void>;
}

export function keepRunning(first: Child, options: KeepRunningOptions): KeptProcess {
  const { restart, onEnd, signal, delays = defaultDelays } = options;
  let current = first;
  const keep = async (): Promise<void> => {
    const aborted = new Promise<undefined>((resolve) => {
      const end = (): void => {
        resolve(undefined);
      };
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
    });
    let startedAt = performance.now();
    let delayMs = 0;
    for (;;) {
      const how = await Promise.race([current.ended, aborted]);
      if (how === undefined || isAborted(signal)) return;
      delayMs = nextDelay(delayMs, performance.now() - startedAt, delays);
      onEnd(how, delayMs);
      await wait(delayMs, undefined, { signal }).catch(() => undefined);
      if (isAborted(signal)) return;
      startedAt = performance.now();
      current = await restart();
    }
  };
  return { current: () => current, over: keep() };
}

/** Read by a function, because it changes during an await, which TypeScript does not see. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** @param previousMs the last delay; 0 if there was none. */
export function nextDelay(previousMs: number, ranMs: number, { firstMs, maxMs, stableMs }: RestartDelays): number {
  return previousMs === 0 || ranMs >= stableMs ? firstMs : Math.min(maxMs, previousMs * 2);
}
