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

/**
 * Divides values over turns, so that what is computed from each of them does not block: the first `perTurn` of them are returned as
 * they are, the others resolve in later turns.
 */
export function inTurns<Value>(values: readonly Value[], perTurn: number): readonly (Value | Promise<Value>)[] {
  if (values.length <= perTurn || !currentRequest()) return values;
  let turn = Promise.resolve();
  return values.map((value, index) => {
    if (index < perTurn) return value;
    if (index % perTurn === 0) turn = nextTurn();
    return turn.then(() => value);
  });
}

/** Waits until nothing of this request is left to do in this turn, or waits for another one. */
export async function afterTurns(): Promise<void> {
  const request = currentRequest();
  let seen: Promise<unknown> | undefined;
  do {
    seen = request && lastTurns.get(request);
    await seen;
    // After all callbacks of promises, which may wait for further turns.
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
  } while (request && lastTurns.get(request) !== seen);
}
