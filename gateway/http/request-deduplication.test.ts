import { setTimeout as wait } from 'node:timers/promises';

import type { CancellationToken } from '../request/cancellation.js';
import { createRequestDeduplicator } from './request-deduplication.js';

/** Work that a test ends. */
function startWork() {
  const begun: { readonly cancellation: CancellationToken; readonly end: (result: string) => void }[] = [];
  const work = (cancellation: CancellationToken): Promise<string> =>
    new Promise((resolve) => {
      begun.push({ cancellation, end: resolve });
    });
  return { begun, work };
}

it('identical requests at the same time are executed once, and later ones again', async () => {
  const { begun, work } = startWork();
  const { joinOrStart: join } = createRequestDeduplicator<string>(10_000);
  const both = [join('a', work), join('a', work)];
  expect(begun).toHaveLength(1);
  begun[0]?.end('first');
  expect(await Promise.all(both.map(({ result }) => result))).toEqual(['first', 'first']);
  join('a', work);
  expect(begun).toHaveLength(2);
});

it('different requests, and requests without a key, are executed separately', () => {
  const { begun, work } = startWork();
  const { joinOrStart: join } = createRequestDeduplicator<string>(10_000);
  for (const text of ['a', 'b', null, null]) join(text, work);
  expect(begun).toHaveLength(4);
});

it('a call continues while a caller waits, and is cancelled when all have left', () => {
  const { begun, work } = startWork();
  const { joinOrStart: join } = createRequestDeduplicator<string>(10_000);
  const [first, second] = [join('a', work), join('a', work)];
  first.leave();
  first.leave();
  expect(begun[0]?.cancellation.isCancelled).toBe(false);
  second.leave();
  expect(begun[0]?.cancellation.isCancelled).toBe(true);
});

it('a cancelled call is not joined', () => {
  const { begun, work } = startWork();
  const { joinOrStart: join } = createRequestDeduplicator<string>(10_000);
  join('a', work).leave();
  join('a', work);
  expect(begun.map(({ cancellation }) => cancellation.isCancelled)).toEqual([true, false]);
});

it('a call fails for all its callers, and later callers start a new one', async () => {
  const { joinOrStart: join } = createRequestDeduplicator<string>(10_000);
  const failing = (): Promise<string> => wait(1).then(() => Promise.reject(new Error('failed')));
  const both = [join('a', failing), join('a', failing)];
  for (const { result } of both) await expect(result).rejects.toThrow('failed');
  expect(await join('a', () => Promise.resolve('done')).result).toBe('done');
});

it('a call is not joined after half of its time', async () => {
  const { begun, work } = startWork();
  let now = 0;
  const { joinOrStart: join } = createRequestDeduplicator<string>(1_000, () => now);
  const first = join('a', work);
  now = 499;
  join('a', work);
  expect(begun).toHaveLength(1);
  now = 500;
  join('a', work);
  expect(begun).toHaveLength(2);
  begun[0]?.end('first');
  expect(await first.result).toBe('first');
  join('a', work);
  expect(begun).toHaveLength(2);
});
