/** Says something, or keeps it back: `say` is told how often the same sort was kept back before. */
export type SparingLog<Sort extends string> = (sort: Sort, say: (unsaid: number) => void) => void;

const pauseMs = 1_000;

/** Says each sort once a second at most: whoever brings it about again and again must not fill the disk. */
export function createSparingLog<Sort extends string>(): SparingLog<Sort> {
  const saidAt = new Map<Sort, number>();
  const unsaid = new Map<Sort, number>();
  return (sort, say) => {
    const now = performance.now();
    if (now - (saidAt.get(sort) ?? -Infinity) < pauseMs) {
      unsaid.set(sort, (unsaid.get(sort) ?? 0) + 1);
      return;
    }
    const before = unsaid.get(sort) ?? 0;
    saidAt.set(sort, now);
    unsaid.delete(sort);
    say(before);
  };
}
