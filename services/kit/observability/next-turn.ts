import { setImmediate as turn } from 'node:timers/promises';

import { currentRequest, type RequestContext } from './request-context.js';

const lastTurns = new WeakMap<RequestContext, Promise<unknown>>();

/**
 * Waits for a turn of the event loop in which this request does nothing else, so that long work in many pieces, one after each
 * call, neither blocks other requests nor its own deadline. Each piece should take a millisecond, or parts of it.
 *
 * @throws the error of the request's signal when it is aborted.
 */
export async function nextTurn(): Promise<void> {
  const request = currentRequest();
  if (!request) return;
  const { signal } = request;
  const wait = (): unknown => (signal.aborted ? undefined : turn());
  const mine = (lastTurns.get(request) ?? Promise.resolve()).then(wait);
  lastTurns.set(request, mine);
  await mine;
  signal.throwIfAborted();
}
