import { LRUCache } from 'lru-cache';

/** Logs a message at most once per interval; `log` receives the number of repeats that were suppressed since the last time. */
export type RateLimitedLog<Kind extends string> = (kind: Kind, log: (suppressed: number) => void) => void;

export interface RateLimitOptions {
  /** A kind is logged at most once in this time. */
  readonly intervalMs?: number;
  /**
   * For what may last for hours, and is not news then: each interval is twice as long as the one before, up to this. Default: the
   * interval stays the same.
   */
  readonly maxIntervalMs?: number;
  /** A kind that has not occurred for this long is logged at once when it returns. Default: `maxIntervalMs`. */
  readonly forgetMs?: number;
  /** How many kinds are distinguished, if clients can bring about any number; the least recent one is forgotten. Default: any number. */
  readonly maxKinds?: number;
}

interface KindState {
  loggedAt: number;
  /** When it last occurred, logged or not. */
  occurredAt: number;
  intervalMs: number;
  suppressed: number;
}

/**
 * For a service that may be down for days: a line at once, then less and less often, down to one an hour. A service that was up for
 * some minutes and is down again is news.
 */
export const outage: RateLimitOptions = { maxIntervalMs: 3_600_000, forgetMs: 300_000 };

/**
 * Limits each kind of message by itself: a client that repeats a request must not fill the disk.
 *
 *     const log = createRateLimitedLog();
 *     log('denied', (suppressed) => logger.warn({ suppressed }, 'denied'));
 */
export function createRateLimitedLog<Kind extends string>({
  intervalMs = 1_000,
  maxIntervalMs = intervalMs,
  forgetMs = maxIntervalMs,
  maxKinds,
}: RateLimitOptions = {}): RateLimitedLog<Kind> {
  const kinds = maxKinds === undefined ? new Map<Kind, KindState>() : new LRUCache<Kind, KindState>({ max: maxKinds });
  return (kind, log) => {
    const now = performance.now();
    const state = kinds.get(kind);
    if (!state || now - state.occurredAt > forgetMs) {
      kinds.set(kind, { loggedAt: now, occurredAt: now, intervalMs, suppressed: 0 });
      log(state?.suppressed ?? 0);
      return;
    }
    state.occurredAt = now;
    if (now - state.loggedAt < state.intervalMs) {
      state.suppressed += 1;
      return;
    }
    log(state.suppressed);
    Object.assign(state, {
      loggedAt: now,
      intervalMs: Math.min(state.intervalMs * 2, maxIntervalMs),
      suppressed: 0,
    });
  };
}
