import { setTimeout as wait } from 'node:timers/promises';

import { ClientTurns } from './client-turns.js';

const work = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

it('does the work of a client that comes alone at once', async () => {
  const turns = new ClientTurns();
  expect(turns.take('one')).toBeUndefined();
  // More than the longest rest.
  await wait(150);
  expect(turns.take('one')).toBeUndefined();
});

it('does one piece at a time, and that of a client with one before the further pieces of a client with many', async () => {
  const turns = new ClientTurns();
  const done: string[] = [];
  const piece = async (client: string): Promise<void> => {
    await turns.take(client);
    work(2);
    done.push(client);
  };
  const many = Array.from({ length: 10 }, () => piece('many'));
  await Promise.all([...many.slice(0, 2), piece('one'), piece('other')]);
  expect(done.slice(0, 3).sort()).toEqual(['many', 'one', 'other']);
  await Promise.all(many);
  expect(done).toHaveLength(12);
});

it('a client takes half of the time at most, and does not delay others while it rests', async () => {
  const turns = new ClientTurns();
  const startedAt = performance.now();
  let worked = 0;
  let delayed = 0;
  const pieces = Array.from({ length: 20 }, async () => {
    await turns.take('many');
    work(5);
    worked += 5;
  });
  const others = Array.from({ length: 5 }, async (_, index) => {
    await wait(10 + 20 * index);
    const due = performance.now();
    await turns.take(`other ${index}`);
    delayed = Math.max(delayed, performance.now() - due);
  });
  await Promise.all(others);
  await Promise.all(pieces);
  expect(worked).toBe(100);
  expect(performance.now() - startedAt).toBeGreaterThan(1.8 * worked);
  // A busy machine may interrupt it.
  expect(delayed).toBeLessThan(100);
});
