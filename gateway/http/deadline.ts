import type { CancellationToken } from '../request/cancellation.js';
import { HttpError } from '../../services/kit/http-error.js';

/** How much later than the deadline a partial response may still come, which names what is missing. */
const graceMs = 250;

/**
 * Waits for work until its deadline, and cancels it then.
 *
 * @throws HttpError DEADLINE_EXCEEDED when it has not ended a moment later.
 */
export const withDeadline = <Result>(
  work: Promise<Result>,
  cancellation: CancellationToken,
  timeoutMs: number,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      cancellation.cancel();
      timer = setTimeout(() => {
        reject(deadlineExceeded(timeoutMs));
      }, graceMs);
    }, timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve(work);
    };
    work.then(end, end);
  });

const deadlineExceeded = (timeoutMs: number): HttpError =>
  new HttpError(`The response took longer than ${timeoutMs / 1000} seconds. Request less at once, or retry.`, {
    status: 504,
    code: 'DEADLINE_EXCEEDED',
  });
