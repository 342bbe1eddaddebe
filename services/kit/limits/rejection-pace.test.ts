import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { RejectionPace } from './rejection-pace.js';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const response = (): ServerResponse => {
  const request = new IncomingMessage(new Socket());
  const created = new ServerResponse(request);
  created.assignSocket(request.socket);
  return created;
};

/** Rejects requests of a client, and returns how many were rejected so far. */
function reject(pace: RejectionPace, client: string, count: number, to = response): () => number {
  let rejected = 0;
  const add = (): void => void (rejected += 1);
  for (let index = 0; index < count; index += 1) {
    const waiting = pace.wait(client, to());
    if (waiting) void waiting.then(add);
    else add();
  }
  return () => rejected;
}

describe('rejections', () => {
  it('are sent at once, as long as there are few, and then fifty a second to each client', async () => {
    const pace = new RejectionPace();
    const [many, few] = [reject(pace, 'a', 100), reject(pace, 'b', 5)];
    expect([many(), few()]).toEqual([20, 5]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(many()).toBe(70);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(many()).toBe(100);
    expect(reject(pace, 'a', 100)()).toBe(20);
  });

  it('wait ten seconds at most, and close their connections if thousands wait', async () => {
    const pace = new RejectionPace();
    const rejected = reject(pace, 'a', 1_000);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(rejected()).toBe(1_000);
    reject(pace, 'a', 5_020);
    const last = response();
    expect(pace.wait('b', response())).toBeUndefined();
    reject(pace, 'b', 20);
    expect([pace.wait('b', last), last.shouldKeepAlive]).toEqual([undefined, false]);
  });

  it('do not wait for the time of a client that has disconnected', async () => {
    const pace = new RejectionPace();
    const responses: ServerResponse[] = [];
    const rejected = reject(pace, 'a', 30, () => {
      const created = response();
      responses.push(created);
      return created;
    });
    for (const one of responses) one.emit('close');
    await jest.advanceTimersByTimeAsync(0);
    expect(rejected()).toBe(30);
  });
});
