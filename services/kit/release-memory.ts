import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface ReleaseOptions {
  /** The period of which the process must have been idle. */
  readonly intervalMs?: number;
  /** The share of that period in which it may have been busy. */
  readonly maxBusyShare?: number;
}

/** Less is not worth a collection, which stops the process for about a millisecond per megabyte that stays. */
const minGrowthBytes = 16 * 2 ** 20;

/**
 * Gives memory back to the operating system whenever the process is idle after some work: it collects garbage if the heap has grown.
 * V8 does so by itself only while it allocates: a process that has imported tables, or sent all of them to a reader, and then waits
 * for requests keeps what it no longer needs, often more than all the rest.
 */
export function releaseMemoryWhenIdle({ intervalMs = 5_000, maxBusyShare = 0.05 }: ReleaseOptions = {}): void {
  let before = performance.eventLoopUtilization();
  let keptBytes = 0;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > maxBusyShare || getHeapStatistics().total_heap_size < keptBytes + minGrowthBytes) return;
    collectGarbage();
    keptBytes = getHeapStatistics().total_heap_size;
    // The collection is no work.
    before = performance.eventLoopUtilization();
  }, intervalMs).unref();
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
