/** Says something, or keeps it back: `say` is told how often the same sort was kept back before. */
export type SparingLog<Sort extends string> = (sort: Sort, say: (unsaid: number) => void) => void;

interface Said {
  at: number;
  /** When it last came, said or not. */
  cameAt: number;
  /** For how long it is kept back. */
  pause: number;
  unsaid: number;
}

const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Says each sort at once, then after a second, and then less and less, once a minute at last, while it goes on: whoever brings
 * it about again and again must not fill the disk, and what lasts for hours is no news. After a minute without it, it is news.
 */
export function createSparingLog<Sort extends string>(): SparingLog<Sort> {
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
