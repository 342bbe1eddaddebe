/** Shows what an import does at the moment, so that a long one is not mistaken for one that hangs. */
export interface Progress {
  readonly onStep: (step: string) => void;
  readonly stop: () => void;
}

/**
 * Prints the latest step with the seconds since the start, once in `intervalMs`, also while it stays the same. A step that follows
 * later than that is printed at once: reading a large file leaves no time for the timer.
 */
export function showProgress(print: (line: string) => void, intervalMs: number): Progress {
  const startedAt = performance.now();
  let latest = 'connecting';
  let printedAt = startedAt;
  const printLatest = (): void => {
    printedAt = performance.now();
    print(`${latest} … (${Math.round((printedAt - startedAt) / 1000)} s)`);
  };
  const timer = setInterval(printLatest, intervalMs);
  timer.unref();
  return {
    onStep: (step) => {
      latest = step;
      if (performance.now() - printedAt >= intervalMs) printLatest();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/**
 * `5000 of 60000 rows, 9800 a second, 6 s left`
 *
 * @param of null while rows are being read.
 */
export function describeRows(done: number, of: number | null, elapsedMs: number): string {
  const rows = of === null ? `${done} rows` : `${done} of ${of} rows`;
  if (done === 0) return rows;
  const perSecond = (done / Math.max(elapsedMs, 1)) * 1000;
  const left = of === null ? '' : `, ${Math.ceil((of - done) / perSecond)} s left`;
  return `${rows}, ${Math.round(perSecond)} a second${left}`;
}
