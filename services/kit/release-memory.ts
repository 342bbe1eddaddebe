import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By then the last callbacks of the work have ended, and what they refer to is garbage. */
const delayMs = 1_000;

/**
 * Collects garbage after some work, and gives its memory back to the operating system. V8 does so by itself while it allocates: a
 * process that has loaded much and then waits for requests would keep what it no longer needs, often more than all the rest.
 */
export function releaseMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
  }, delayMs).unref();
}
