import { setImmediate as nextTurn } from 'node:timers/promises';

import { SerialQueue } from './serial-queue.js';

it('runs pieces of work one after the other in their order, and goes on after a failure', async () => {
  const queue = new SerialQueue();
  const events: string[] = [];
  const piece = (name: string) => async () => {
    events.push(`${name} begins`);
    await nextTurn();
    events.push(`${name} ends`);
    if (name === 'b') throw new Error(name);
    return name;
  };
  const results = ['a', 'b', 'c'].map((name) => queue.run(piece(name)));
  expect(queue.size).toBe(3);
  expect(await Promise.allSettled(results)).toMatchObject([
    { value: 'a' },
    { reason: { message: 'b' } },
    { value: 'c' },
  ]);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(queue.size).toBe(0);
});
