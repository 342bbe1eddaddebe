import type { Sender } from '../../gateway/gateway-client.js';

export type TakeTurn = Sender['takeTurn'];

/** How long a page is rendered in one turn: a few rows of a table more than this. */
const turnMs = 4;

/** Divides rendering into turns. Returns what each part of a page calls: see `TurnContext`. */
export function createTurns(takeTurn: TakeTurn): () => Promise<void> | undefined {
  let endsAt = performance.now() + turnMs;
  let next: Promise<void> | undefined;
  const begin = (): void => {
    endsAt = performance.now() + turnMs;
    next = undefined;
  };
  return () => {
    // All parts that follow wait for the same turn.
    if (next || performance.now() < endsAt) return next;
    next = takeTurn()?.then(begin);
    if (!next) begin();
    return next;
  };
}
