import type { CancellationToken } from '../request/cancellation.js';
import { HttpError } from '../request/http-error.js';

/** How long an answer may still come that says what was missing when the time was up. */
const graceMs = 250;

/**
 * Waits for work until its time is up: then it is told to end.
 *
 * @throws HttpError DEADLINE_EXCEEDED when it has not ended a moment later.
 */
export async function withDeadline<Result>(
  work: Promise<Result>,
  cancellation: CancellationToken,
  timeoutMs: number,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      cancellation.cancel();
      timer = setTimeout(() => {
        reject(deadlineExceeded(timeoutMs));
      }, graceMs);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const deadlineExceeded = (timeoutMs: number): HttpError =>
  new HttpError(`There was no answer within ${timeoutMs / 1000} seconds. Ask for less at once, or ask again.`, {
    status: 504,
    code: 'DEADLINE_EXCEEDED',
  });
