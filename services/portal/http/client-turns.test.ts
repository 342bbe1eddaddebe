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

/** Does pieces of some milliseconds, and records whose they were. */
function recordPieces(ms: number) {
  const turns = new ClientTurns();
  const done: string[] = [];
  const piece = async (client: string): Promise<void> => {
    await turns.take(client);
    work(ms);
    done.push(client);
  };
  return { done, piece };
}

it('does one piece at a time, that of the client which has worked least first', async () => {
  const { done, piece } = recordPieces(2);
  const many = ['many', 'more', 'most'].flatMap((client) => Array.from({ length: 6 }, () => piece(client)));
  await Promise.all(many.slice(0, 9));
  const before = done.length;
  // A page: it begins, and goes on after what it reads.
  await piece('reader');
  await piece('reader');
  await Promise.all(many);
  expect(done).toHaveLength(20);
  const [first, second] = done.flatMap((client, index) => (client === 'reader' ? [index] : []));
  // One piece may have begun before each of them.
  expect(first).toBeLessThanOrEqual(before + 1);
  expect(second).toBeLessThanOrEqual((first ?? 0) + 2);
});

it('clients that have worked for a while take turns, although one of them has worked more', async () => {
  const { done, piece } = recordPieces(51);
  for (let turn = 0; turn < 4; turn += 1) await piece('old');
  await Promise.all(['old', 'old', 'new', 'new', 'new', 'new'].map(piece));
  // After two pieces, the new one has worked for as long as is counted.
  expect(done.slice(4)).toEqual(['new', 'new', 'old', 'new', 'old', 'new']);
});

/** How long pieces of 5 ms of one client take together, as a multiple of what they would take one after the other. */
async function timesOfWork(turns: ClientTurns, count: number): Promise<number> {
  const startedAt = performance.now();
  let worked = 0;
  await Promise.all(
    Array.from({ length: count }, async () => {
      await turns.take('many');
      const began = performance.now();
      work(5);
      worked += performance.now() - began;
    }),
  );
  return (performance.now() - startedAt) / worked;
}

it('a client takes half of the time at most while another is present, and does not delay others while it rests', async () => {
  const turns = new ClientTurns();
  const leave = turns.enter('reader');
  // What it may work before it rests.
  await timesOfWork(turns, 6);
  let delayed = 0;
  const others = Array.from({ length: 5 }, async (_, index) => {
    await wait(10 + 20 * index);
    const due = performance.now();
    await turns.take(`other ${index}`);
    delayed = Math.max(delayed, performance.now() - due);
  });
  const times = timesOfWork(turns, 20);
  await Promise.all(others);
  expect(await times).toBeGreaterThan(1.8);
  // A busy machine may interrupt it.
  expect(delayed).toBeLessThan(100);
  leave();
  // Its next request may come soon.
  expect(await timesOfWork(turns, 10)).toBeGreaterThan(1.8);
});

it('a client that is alone does not rest', async () => {
  const turns = new ClientTurns();
  turns.enter('other')();
  turns.enter('many');
  // Longer than the other one counts as present.
  await wait(1_100);
  // A busy machine may interrupt one of them. With rests, each takes twice as long as its work.
  const times = [await timesOfWork(turns, 20), await timesOfWork(turns, 20), await timesOfWork(turns, 20)];
  expect(Math.min(...times)).toBeLessThan(1.8);
});
