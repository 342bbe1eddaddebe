import { getOperationAST, parse } from 'graphql';

import type { PreparedOperation } from '../execution/prepare.js';
import { CancellationToken } from '../request/cancellation.js';
import { abandoned, queueFull, tookTooLong } from './planning-errors.js';
import { type OperationToPrepare, PreparedOperations, type Waiting } from './prepared-operations.js';

const toOperation = (key: string): OperationToPrepare => {
  const document = parse(`{ ${key} }`);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return { key, document, operation };
};

/** Everything but its memory is irrelevant here. */
const toPrepared = (bytes: number): PreparedOperation => ({ memory: { bytes } }) as PreparedOperation;

const calls: { readonly key: string; readonly waiting: Waiting }[] = [];
let result: () => Promise<PreparedOperation>;
const create = (maxBytes = 1_000_000): PreparedOperations =>
  new PreparedOperations(maxBytes, ({ key }, waiting) => {
    calls.push({ key, waiting });
    return result();
  });
const waiting = (): Waiting => ({ client: 'a', cancellation: new CancellationToken() });
const get = async (operations: PreparedOperations, key: string, by = waiting()): Promise<PreparedOperation> =>
  operations.get(toOperation(key), by);
beforeEach(() => {
  calls.length = 0;
  result = () => Promise.resolve(toPrepared(100));
});
const keys = (): string[] => calls.map(({ key }) => key);

it('requests for an operation at the same time prepare it once, and later ones do not wait', async () => {
  const operations = create();
  const both = [1, 2].map(() => get(operations, 'a'));
  const [first, second] = await Promise.all(both);
  expect(first).toBe(second);
  expect(operations.get(toOperation('a'), waiting())).toBe(first);
  expect(keys()).toEqual(['a']);
});

it('an operation is abandoned when its last client has disconnected, and prepared when it is requested again', async () => {
  const operations = create();
  const clients = [waiting(), waiting()];
  let isAbandoned = false;
  result = () =>
    new Promise((_resolve, reject) => {
      calls.at(-1)?.waiting.cancellation.onCancel(() => {
        isAbandoned = true;
        reject(abandoned());
      });
    });
  const both = clients.map((client) => get(operations, 'a', client));
  clients[0]?.cancellation.cancel();
  expect(isAbandoned).toBe(false);
  clients[1]?.cancellation.cancel();
  expect(isAbandoned).toBe(true);
  await expect(Promise.all(both)).rejects.toThrow();
  result = () => Promise.resolve(toPrepared(100));
  expect(await get(operations, 'a')).toEqual(toPrepared(100));
});

it('an operation that is too large is not planned again for a minute, and one that was not planned at all is', async () => {
  jest.useFakeTimers();
  const operations = create();
  const request = async () => {
    await expect(get(operations, 'a')).rejects.toThrow();
  };
  result = () => Promise.reject(queueFull());
  await request();
  result = () => Promise.reject(tookTooLong(1));
  await request();
  await request();
  expect(calls).toHaveLength(2);
  jest.advanceTimersByTime(61_000);
  await request();
  expect(calls).toHaveLength(3);
  jest.useRealTimers();
});

it('the least recently used operations are evicted by the memory that all take', async () => {
  const operations = create(100_000);
  result = () => Promise.resolve(toPrepared(33_000));
  for (const key of ['a', 'b', 'c']) await get(operations, key);
  for (const key of ['c', 'b', 'a']) await get(operations, key);
  expect(keys()).toEqual(['a', 'b', 'c', 'a']);
});

it('what is compiled later counts', async () => {
  const operations = create(100_000);
  const first = toPrepared(100);
  result = () => Promise.resolve(first);
  await get(operations, 'a');
  result = () => Promise.resolve(toPrepared(30_000));
  await get(operations, 'b');
  first.memory.bytes = 90_000;
  operations.remeasure('a');
  await get(operations, 'b');
  expect(keys()).toEqual(['a', 'b', 'b']);
});
