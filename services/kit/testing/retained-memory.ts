import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const maxCollections = 5;

/** The size of the heap after garbage collections: some objects, such as those with a finalizer, outlive the first. */
export function usedHeapBytes(): number {
  let used = Infinity;
  for (let round = 0; round < maxCollections; round += 1) {
    const before = used;
    collectGarbage();
    used = process.memoryUsage().heapUsed;
    if (used > 0.999 * before) break;
  }
  return used;
}

/** How many bytes of the heap each of `count` things takes that `create` returns. */
export async function measureRetained(count: number, create: (index: number) => unknown): Promise<number> {
  const retained: unknown[] = new Array<unknown>(count).fill(null);
  // What the callers before have left to do in this turn of the event loop is released after it.
  await setImmediate();
  const before = usedHeapBytes();
  for (let index = 0; index < count; index += 1) retained[index] = await create(index);
  const bytes = usedHeapBytes() - before;
  // Used after the measurement, so that nothing is collected before it.
  return retained.length === count ? bytes / count : 0;
}
