/** Says something, or keeps it back: `say` is told how often the same sort was kept back before. */
export type RateLimitedLog<Sort extends string> = (sort: Sort, say: (unsaid: number) => void) => void;

interface Said {
  at: number;
  /** When it last came, said or not. */
  cameAt: number;
  /** For how long it is kept back. */
  pause: number;
  unsaid: number;
}

const shortestPauseMs = 1_000;

/**
 * Says each sort once a second at most: whoever brings it about again and again must not fill the disk.
 *
 * @param longestPauseMs for what may last for hours, and is no news then: each pause is twice as long as the one before, up to
 * this, until it has not come for so long.
 */
export function createRateLimitedLog<Sort extends string>(longestPauseMs = shortestPauseMs): RateLimitedLog<Sort> {
  const known = new Map<Sort, Said>();
  return (sort, say) => {
    const now = performance.now();
    const said = known.get(sort);
    if (!said || now - said.cameAt > longestPauseMs) {
      known.set(sort, { at: now, cameAt: now, pause: shortestPauseMs, unsaid: 0 });
      say(said?.unsaid ?? 0);
      return;
    }
    said.cameAt = now;
    if (now - said.at < said.pause) {
      said.unsaid += 1;
      return;
    }
    say(said.unsaid);
    Object.assign(said, { at: now, pause: Math.min(said.pause * 2, longestPauseMs), unsaid: 0 });
  };
}
