import { getOperationAST, parse } from 'graphql';

import type { PreparedOperation } from '../execution/prepare.js';
import { CancellationToken } from '../request/cancellation.js';
import { abandoned, queueFull, tooComplex, tookTooLong } from './planning-errors.js';
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

describe('an operation that was rejected', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Requests an operation once a second, until it has been planned so often. @returns how many seconds passed between. */
  const countPauses = async (times: number): Promise<number[]> => {
    const operations = create();
    const plannedAt: number[] = [];
    for (let second = 0; plannedAt.length < times; second += 1) {
      const before = calls.length;
      await expect(get(operations, 'a')).rejects.toThrow();
      if (calls.length > before) plannedAt.push(second);
      jest.advanceTimersByTime(1_000);
    }
    return plannedAt.slice(1).map((second, index) => second - (plannedAt[index] ?? 0));
  };

  it('because it is too large is not planned again for a minute', async () => {
    result = () => Promise.reject(tooComplex());
    expect(await countPauses(3)).toEqual([60, 60]);
  });

  it('because planning took too long, as on a busy machine, is planned again after seconds, then less and less often', async () => {
    result = () => Promise.reject(tookTooLong(1));
    expect(await countPauses(7)).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it('because it was not planned at all is planned again', async () => {
    result = () => Promise.reject(queueFull());
    expect(await countPauses(3)).toEqual([1, 1]);
  });
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
