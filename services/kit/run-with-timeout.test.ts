import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { runWithTimeout } from './run-with-timeout.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const never = new AbortController().signal;
/** Rejects with the reason of the signal. */
const untilAborted = async (signal: AbortSignal): Promise<void> => {
  const aborted = once(signal, 'abort');
  collectGarbage();
  await aborted;
  signal.throwIfAborted();
};

describe('runWithTimeout', () => {
  it('aborts the signal of the work after the time, although garbage is collected meanwhile', async () => {
    await expect(runWithTimeout(20, never, untilAborted)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts the signal of the work with the other signal, and with its reason', async () => {
    const controller = new AbortController();
    const running = runWithTimeout(60_000, controller.signal, untilAborted);
    controller.abort(new Error('stopping'));
    await expect(running).rejects.toThrow('stopping');
    await expect(runWithTimeout(60_000, controller.signal, untilAborted)).rejects.toThrow('stopping');
  });

  it('returns the result of the work', async () => {
    expect(await runWithTimeout(60_000, never, () => Promise.resolve(7))).toBe(7);
  });
});
