import { Turns } from './turns.js';

const nextTurn = () => new Promise(setImmediate);

it('turns let one piece of work be done at a time, and each client have the same share', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const work = async (client: string, name: string): Promise<void> => {
    await turns.take(client, 10);
    done.push(name);
  };
  const all = [work('a', 'a1'), work('a', 'a2'), work('a', 'a3'), work('b', 'b1')];
  await Promise.resolve();
  expect(done).toEqual(['a1']);
  for (let turn = 0; turn < 5; turn += 1) {
    const before = done.length;
    await nextTurn();
    expect(done.length - before).toBeLessThanOrEqual(1);
  }
  await Promise.all(all);
  expect(done).toEqual(['a1', 'a2', 'b1', 'a3']);
});

it('turns let a client with a small piece precede those with large ones', async () => {
  const turns = new Turns();
  const done: number[] = [];
  const work = async (client: string, size: number): Promise<void> => {
    await turns.take(client, size);
    done.push(size);
  };
  await Promise.all([work('a', 1_000), work('a', 1_001), work('b', 1_002), work('c', 100)]);
  expect(done).toEqual([1_000, 100, 1_001, 1_002]);
});

it('turns leave time for other work after a piece, as much as it took', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
  try {
    const turns = new Turns();
    let done = 0;
    const work = async (): Promise<void> => {
      await turns.take('a', 1);
      done += 1;
      const end = performance.now() + 10;
      while (performance.now() < end);
    };
    const all = Promise.all([work(), work()]);
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    jest.advanceTimersByTime(9);
    await nextTurn();
    expect(done).toBe(1);
    jest.advanceTimersByTime(11);
    await all;
    expect(done).toBe(2);
  } finally {
    jest.useRealTimers();
  }
});

it('turns leave at least as much time as they are created with', async () => {
  const turns = new Turns({ minRestMs: 8 });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 6 }, async () => turns.take('a', 1)));
  // A timer may end a part of a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThan(5 * 7);
});

it('turns are not waited for if nothing was done in this one', async () => {
  const turns = new Turns();
  expect(turns.take('a', 1)).toBeUndefined();
  await nextTurn();
  await nextTurn();
  expect(turns.take('a', 1)).toBeUndefined();
});
