import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { isReady } from '../start/health.js';
import type { Child } from '../start/processes.js';

export interface ReadyOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** The process of the service, if this process started it: the wait ends when it ends. */
  readonly child?: Child | undefined;
}

/**
 * Waits until a service is ready.
 *
 * @throws Error that names the service if it is not ready in time or has ended, or the reason of the signal.
 */
export async function waitUntilReady(
  name: string,
  port: number,
  { timeoutMs, signal, child }: ReadyOptions,
): Promise<void> {
  const isReadyOrEnded = async (): Promise<boolean> => {
    if (!child?.hasEnded()) return isReady(port);
    throw new Error([`${name} ended while starting (${await child.ended}):`, ...child.lastLines()].join('\n'));
  };
  const options = { timeoutMs, intervalMs: 150, ...(signal ? { signal } : {}) };
  await waitUntil(`${name} to be ready on port ${port}`, isReadyOrEnded, options);
}
