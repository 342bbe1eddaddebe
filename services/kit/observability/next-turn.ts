import type { RequestContext } from './request-context.js';

const lastTurns = new WeakMap<RequestContext, Promise<unknown>>();

/** What waits for a turn of the event loop: one piece of each request at most, so that requests alternate. */
const waiting: (() => void)[] = [];

/** One piece is done per turn, however many requests have some: between two of them, other requests are served. */
function startNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(startNext);
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(startNext);
  });

/**
 * Waits for a turn of the event loop in which this request does nothing else, so that long work in many pieces, one after each
 * call, neither blocks other requests nor its own deadline. Each piece should take a millisecond, or parts of it.
 *
 * @throws the error of the request's signal when it is aborted.
 */
export async function nextTurn(request: RequestContext | undefined): Promise<void> {
  if (!request) return;
  const { signal } = request;
  const wait = (): unknown => (signal.aborted ? undefined : turn());
  const mine = (lastTurns.get(request) ?? Promise.resolve()).then(wait);
  lastTurns.set(request, mine);
  await mine;
  signal.throwIfAborted();
}

/** The latest turn over which values of a request are divided. */
interface Division {
  /** Undefined: it has begun. */
  turn: Promise<void> | undefined;
  /** Which share of it is taken. */
  taken: number;
}

const divisions = new WeakMap<RequestContext, Division>();
/** Shares add up to one, but for rounding. */
const wholeTurn = 1.000_001;

/**
 * Divides values over turns, so that what is computed from each of them does not block: those that still fit into the present turn
 * are returned as they are, the others resolve in later turns. All lists of a request share its turns: a page with fifty rows, each
 * of which has a page of its own, is not one piece.
 *
 * @param perTurn how many of such values fit into a turn.
 */
export function inTurns<Value>(
  request: RequestContext | undefined,
  values: readonly Value[],
  perTurn: number,
): readonly (Value | Promise<Value>)[] {
  if (!request) return values;
  const division = divisions.get(request) ?? { turn: undefined, taken: 0 };
  divisions.set(request, division);
  const all = division.taken + values.length / perTurn;
  if (!division.turn && all <= wholeTurn) {
    division.taken = all;
    return values;
  }
  return values.map((value) => {
    if (division.taken + 1 / perTurn > wholeTurn) beginTurn(request, division);
    division.taken += 1 / perTurn;
    return division.turn ? division.turn.then(() => value) : value;
  });
}

function beginTurn(request: RequestContext, division: Division): void {
  const turn = nextTurn(request).then(() => {
    if (division.turn === turn) division.turn = undefined;
  });
  division.turn = turn;
  division.taken = 0;
}

/** Calls `next` when nothing of this request is left to do in this turn, and it waits for no other one. */
export function afterTurns(request: RequestContext | undefined, next: () => void): void {
  const seen = request && lastTurns.get(request);
  // After all callbacks of promises, which may wait for further turns.
  const check = (): void => {
    process.nextTick(() => {
      if (!request || lastTurns.get(request) === seen) next();
      else afterTurns(request, next);
    });
  };
  void Promise.resolve(seen).then(check, check);
}
