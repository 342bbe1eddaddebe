import type { Sender } from '../../gateway/gateway-client.js';

/** Whose turns they are. */
export type TurnTaker = Pick<Sender, 'takeTurn' | 'signal'>;

/** How long a page is rendered in one turn: a few rows of a table more than this. */
const turnMs = 4;

/**
 * Divides rendering into turns. Returns what each part of a page calls: see `TurnContext`. It throws when the client has disconnected, so
 * that the rest is not rendered.
 */
export function createTurns({ takeTurn, signal }: TurnTaker): () => Promise<void> | undefined {
  let endsAt = performance.now() + turnMs;
  let next: Promise<void> | undefined;
  const begin = (): void => {
    endsAt = performance.now() + turnMs;
    next = undefined;
  };
  return () => {
    signal.throwIfAborted();
    // All parts that follow wait for the same turn.
    if (next || performance.now() < endsAt) return next;
    next = takeTurn()?.then(begin);
    if (!next) begin();
    return next;
  };
}
