import { setImmediate as nextTurn } from 'node:timers/promises';

/** A request takes several turns of the event loop, and waits for a slice in each of them. */
const sliceMs = 2;

/** Maps values in their order, and lets other work run whenever that has taken some milliseconds. */
export async function mapInSlices<Value, Result>(
  values: Iterable<Value>,
  map: (value: Value) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let startedAt = performance.now();
  for (const value of values) {
    results.push(map(value));
    if (performance.now() - startedAt < sliceMs) continue;
    await nextTurn();
    startedAt = performance.now();
  }
  return results;
}
