import { CancellationToken } from '../request/cancellation.js';
import { withDeadline } from './deadline.js';

const never = new Promise<never>(() => undefined);

it('withDeadline returns the result of work that ends before the deadline', async () => {
  const cancellation = new CancellationToken();
  expect(await withDeadline(Promise.resolve('done'), cancellation, 10_000)).toBe('done');
  await expect(withDeadline(Promise.reject(new Error('failed')), cancellation, 10_000)).rejects.toThrow('failed');
  expect(cancellation.isCancelled).toBe(false);
});

it('withDeadline cancels the work at the deadline, and returns its partial result', async () => {
  const cancellation = new CancellationToken();
  const work = new Promise<string>((resolve) => {
    cancellation.onCancel(() => {
      resolve('not all of it');
    });
  });
  expect(await withDeadline(work, cancellation, 20)).toBe('not all of it');
});

it('withDeadline rejects if the work does not end', async () => {
  await expect(withDeadline(never, new CancellationToken(), 20)).rejects.toMatchObject({
    status: 504,
    code: 'DEADLINE_EXCEEDED',
    message: expect.stringContaining('0.02 seconds') as string,
  });
});
