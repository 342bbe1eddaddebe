import { GraphQLError } from 'graphql';

import { afterTurns, inTurns, nextTurn } from './next-turn.js';
import { testRequest } from '../testing/test-request.js';
import type { RequestContext } from './request-context.js';

/** Does pieces of work, each in a turn, and records their names. */
async function work(request: RequestContext, name: string, pieces: number, done: string[]): Promise<void> {
  await Promise.all(
    Array.from({ length: pieces }, async (_, index) => {
      await nextTurn(request);
      const end = performance.now() + 0.1;
      while (performance.now() < end);
      done.push(`${name}${index}`);
    }),
  );
}

it('each piece of a request has a turn of its own, which alternate with those of other requests', async () => {
  const done: string[] = [];
  await Promise.all([work(testRequest(), 'a', 3, done), work(testRequest(), 'b', 3, done)]);
  expect(done).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
});

it('timers run between the pieces, and an aborted request does no further ones', async () => {
  const controller = new AbortController();
  const reason = new GraphQLError('too late');
  let timerCalls = 0;
  const timer = setInterval(() => {
    timerCalls += 1;
    if (timerCalls === 3) controller.abort(reason);
  }, 1);
  const done: string[] = [];
  const working = work(testRequest(controller.signal), 'a', 1_000, done);
  await expect(working).rejects.toBe(reason);
  clearInterval(timer);
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(1_000);
});

it('there is no turn to wait for outside a request', async () => {
  await expect(nextTurn(undefined)).resolves.toBeUndefined();
});

it('the values of a long list resolve in turns, in their order', async () => {
  const done: string[] = [];
  setImmediate(() => done.push('another request'));
  const values = inTurns(testRequest(), ['a', 'b', 'c', 'd', 'e'], 2);
  expect(values.slice(0, 2)).toEqual(['a', 'b']);
  await Promise.all(values.map(async (value) => done.push(await value)));
  expect(done).toEqual(['a', 'b', 'another request', 'c', 'd', 'e']);
});

it('lists within a list share the turns of their request', async () => {
  const rowsByTurn: number[] = [0];
  const request = testRequest();
  {
    let isOver = false;
    const countNextTurn = (): void => {
      rowsByTurn.push(0);
      if (!isOver) setImmediate(countNextTurn);
    };
    setImmediate(countNextTurn);
    const readRow = (): void => {
      rowsByTurn.push((rowsByTurn.pop() ?? 0) + 1);
    };
    await Promise.all(
      inTurns(request, [1, 2, 3], 4).map(async (outer) => {
        await outer;
        await Promise.all(
          inTurns(request, ['a', 'b', 'c'], 4).map(async (inner) => {
            await inner;
            readRow();
          }),
        );
      }),
    );
    isOver = true;
  }
  expect(rowsByTurn.reduce((sum, rows) => sum + rows)).toBe(9);
  expect(Math.max(...rowsByTurn)).toBeLessThanOrEqual(4);
});

it('a short list, and any outside a request, is returned as it is', () => {
  expect(inTurns(testRequest(), [1, 2], 2)).toEqual([1, 2]);
  expect(inTurns(undefined, [1, 2, 3], 2)).toEqual([1, 2, 3]);
});

it('afterTurns waits for the turns of its request, also for those that are added meanwhile', async () => {
  const done: string[] = [];
  const request = testRequest();
  void nextTurn(request).then(() => {
    done.push('first');
    void nextTurn(request).then(() => done.push('second'));
  });
  await new Promise<void>((resolve) => {
    afterTurns(request, resolve);
  });
  expect(done).toEqual(['first', 'second']);
  await new Promise<void>((resolve) => {
    afterTurns(undefined, resolve);
  });
});
