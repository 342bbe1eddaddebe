import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface ReleaseOptions {
  /** The period of which the process must have been idle. */
  readonly intervalMs?: number;
  /** The CPU time that it may have used, as a share of that period. */
  readonly maxBusyShare?: number;
  /** After so much CPU time since the last collection it collects whether or not the heap has grown. */
  readonly minWorkMs?: number;
}

/** Less is not worth a collection, which stops the process for about a millisecond per megabyte that stays. */
const minGrowthBytes = 16 * 2 ** 20;

/** V8 keeps compiled code, and what it refers to, until it was not used during several collections. */
const collections = 4;

/**
 * Polls take less than a hundredth of a processor. With ten requests a second, of which some come during each collection, a process takes
 * twice this share.
 */
const defaultMaxBusyShare = 0.03;

/**
 * Gives memory back to the operating system whenever the process is idle after some work: it collects garbage if the heap has grown, or
 * after much work. The heap of a process that waited during an import, while much was in use, need not grow for most of it to be garbage
 * afterwards. V8 does so by itself only while it allocates: a process that has imported tables, or sent all of them to a reader, and then waits
 * for requests keeps what it no longer needs, often more than all the rest.
 *
 * @returns a function that ends this.
 */
export function releaseMemoryWhenIdle({
  intervalMs = 5_000,
  maxBusyShare = defaultMaxBusyShare,
  minWorkMs = 1_000,
}: ReleaseOptions = {}): () => void {
  // Not the utilisation of the event loop, which is high on a busy machine however little there is to do.
  let before = process.cpuUsage();
  let keptBytes = 0;
  /** Since the last collection. */
  let workMs = 0;
  /** How many more times it collects. */
  let remaining = 0;
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    const usedMs = (user + system) / 1000;
    workMs += usedMs;
    if (usedMs > intervalMs * maxBusyShare) return;
    if (workMs >= minWorkMs || getHeapStatistics().total_heap_size >= keptBytes + minGrowthBytes)
      remaining = collections;
    if (remaining === 0) return;
    collectGarbage();
    remaining -= 1;
    workMs = 0;
    keptBytes = getHeapStatistics().total_heap_size;
    // The CPU time of the collection itself does not count as work.
    before = process.cpuUsage();
  }, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
