import { Turns } from './turns.js';

const nextTurn = () => new Promise(setImmediate);

it('turns let each client do one piece of work per turn of the event loop, in order', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const work = async (client: string, name: string): Promise<void> => {
    await turns.take(client);
    done.push(name);
  };
  const all = [work('a', 'a1'), work('a', 'a2'), work('a', 'a3'), work('b', 'b1')];
  await Promise.resolve();
  expect(done).toEqual(['a1', 'b1']);
  await nextTurn();
  all.push(work('b', 'b2'), work('a', 'a4'));
  for (let turn = 0; turn < 4; turn += 1) await nextTurn();
  await Promise.all(all);
  expect(done.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(done.indexOf('b2')).toBeLessThan(done.indexOf('a4'));
});

it('turns are not waited for by a client that has done nothing in this one', async () => {
  const turns = new Turns();
  expect(turns.take('a')).toBeUndefined();
  expect(turns.take('b')).toBeUndefined();
  await nextTurn();
  await nextTurn();
  expect(turns.take('a')).toBeUndefined();
});
