import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { RequestPace } from './request-pace.js';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const response = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

/** Sends requests of a client, and returns how many may be served so far. */
function send(pace: RequestPace, client: string, count: number): () => number {
  let served = 0;
  const add = (): void => void (served += 1);
  for (let index = 0; index < count; index += 1) {
    const waiting = pace.wait(client, response());
    if (waiting) void waiting.then(add);
    else add();
  }
  return () => served;
}

describe('the requests of a client', () => {
  it('are served at once while it is alone', () => {
    expect(send(new RequestPace(), 'a', 10_000)()).toBe(10_000);
  });

  it('are served five hundred times a second beside others, which wait for none of them', async () => {
    const pace = new RequestPace();
    const [few, many] = [send(pace, 'few', 5), send(pace, 'many', 1_000)];
    expect([few(), many()]).toEqual([5, 100]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect([send(pace, 'few', 5)(), many()]).toEqual([5, 600]);
  });

  it('are served at once again when the others have left', async () => {
    const pace = new RequestPace();
    pace.see('other');
    expect(send(pace, 'many', 200)()).toBe(100);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(send(pace, 'many', 1_000)()).toBe(1_000);
  });
});
