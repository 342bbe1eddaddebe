import { setMaxListeners } from 'node:events';

/** Creates a controller that is aborted with a signal as well. Any number of listeners may wait for it. */
export function createLinkedController(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true, signal: controller.signal });
  return controller;
}
