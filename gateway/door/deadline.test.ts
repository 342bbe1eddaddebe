import { withDeadline } from './deadline.js';

const never = new Promise<never>(() => undefined);

it('is no matter for work that ends before', async () => {
  const controller = new AbortController();
  expect(await withDeadline(Promise.resolve('done'), controller, 10_000)).toBe('done');
  await expect(withDeadline(Promise.reject(new Error('failed')), controller, 10_000)).rejects.toThrow('failed');
  expect(controller.signal.aborted).toBe(false);
});

it('tells the work to end, and takes what it still has to say', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const work = new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(`ended by ${(signal.reason as Error).name}`);
    });
  });
  expect(await withDeadline(work, controller, 20)).toBe('ended by TimeoutError');
});

it('refuses when the work does not end', async () => {
  await expect(withDeadline(never, new AbortController(), 20)).rejects.toMatchObject({
    status: 504,
    code: 'DEADLINE_EXCEEDED',
    message: expect.stringContaining('0.02 seconds') as string,
  });
});
