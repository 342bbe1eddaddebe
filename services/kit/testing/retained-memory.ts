import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The size of the heap after a garbage collection. */
export function usedHeapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** How many bytes of the heap each of `count` things takes that `create` returns. */
export async function measureRetained(count: number, create: (index: number) => unknown): Promise<number> {
  const retained: unknown[] = new Array<unknown>(count).fill(null);
  const before = usedHeapBytes();
  for (let index = 0; index < count; index += 1) retained[index] = await create(index);
  const bytes = usedHeapBytes() - before;
  // Used after the measurement, so that nothing is collected before it.
  return retained.length === count ? bytes / count : 0;
}
