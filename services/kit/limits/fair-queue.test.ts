import { FairQueue } from './fair-queue.js';

const item = (client: string, size: number) => ({ client, size });

/** The items in the order in which they leave the queue. */
function drain(queue: FairQueue<ReturnType<typeof item>>): string[] {
  const order: string[] = [];
  for (let next = queue.shift(); next; next = queue.shift()) order.push(`${next.client}${next.size}`);
  return order;
}

it('a fair queue serves the items of one client from the smallest to the largest', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  for (const size of [5, 1, 3]) queue.push(item('a', size));
  expect(drain(queue)).toEqual(['a1', 'a3', 'a5']);
});

it('a fair queue gives each client the same amount of work', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  for (let count = 0; count < 4; count += 1) queue.push(item('many', 10));
  queue.push(item('few', 15));
  expect(drain(queue)).toEqual(['many10', 'few15', 'many10', 'many10', 'many10']);
});

it('a fair queue serves a client that comes later before the rest of one that has many', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  for (let count = 0; count < 3; count += 1) queue.push(item('many', 100));
  queue.shift();
  queue.push(item('late', 5));
  expect(queue.shift()).toEqual(item('late', 5));
  // A client that was served and comes back has no arrears.
  queue.push(item('late', 101));
  expect(drain(queue)).toEqual(['many100', 'late101', 'many100']);
});

it('a fair queue returns the next item up to a size', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  for (const one of [item('a', 10), item('b', 30)]) queue.push(one);
  expect([queue.shift(5), queue.shift(20), queue.shift(20), queue.shift()]).toEqual([
    undefined,
    item('a', 10),
    undefined,
    item('b', 30),
  ]);
});

it('a fair queue drops the largest item of the client that has most', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  for (const one of [item('one', 500), item('many', 1), item('many', 2)]) queue.push(one);
  expect(queue.dropLargest()).toEqual(item('many', 2));
  expect(queue.dropLargest()).toEqual(item('one', 500));
  expect([queue.length, drain(queue)]).toEqual([1, ['many1']]);
  expect(queue.dropLargest()).toBeUndefined();
});

it('a fair queue removes items that no longer have to wait', () => {
  const queue = new FairQueue<ReturnType<typeof item>>();
  const [first, second] = [item('a', 1), item('a', 2)];
  queue.push(first);
  expect([queue.remove(second), queue.remove(first), queue.length]).toEqual([false, true, 0]);
  queue.push(second);
  queue.push(item('b', 3));
  expect(queue.removeWhere(({ size }) => size > 2)).toEqual([item('b', 3)]);
  expect(drain(queue)).toEqual(['a2']);
});
