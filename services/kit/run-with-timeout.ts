/**
 * Runs work with a signal that is aborted after some time, or with another signal.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: on Node 20 that signal is never aborted once garbage was collected.
 *
 * @throws TimeoutError, a DOMException, when the time is over; the reason of `signal` when that is aborted.
 */
export async function runWithTimeout<Result>(
  timeoutMs: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`There was no result within ${timeoutMs} ms.`, 'TimeoutError'));
  }, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
