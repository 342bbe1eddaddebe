import { waitUntil } from './wait-until.js';

it('settles once the condition holds', async () => {
  let looks = 0;
  await waitUntil('the third look', () => Promise.resolve(++looks === 3), { intervalMs: 1 });
  expect(looks).toBe(3);
});

it('names what it waited for when the time is over', async () => {
  await expect(waitUntil('the impossible', () => false, { timeoutMs: 5 })).rejects.toThrow(
    'Waited 5 ms for the impossible.',
  );
});

it('stops waiting when its signal is aborted', async () => {
  const signal = AbortSignal.abort(new Error('interrupted'));
  await expect(waitUntil('anything', () => false, { signal })).rejects.toThrow('interrupted');
});
