import type { Day, Period } from '../types.js';

/** Nobody recorded when it began, or said that it ended. */
export const always: Period = { start: null, startPrecision: null, end: null, endPrecision: null, ended: null };

export const since = (start: Day, startPrecision = 'DAY'): Period => ({ ...always, start, startPrecision });

/** `end` is the first day on which it was no longer so. */
export const until = (end: Day, period: Period = always): Period => ({
  ...period,
  end,
  endPrecision: 'DAY',
  ended: true,
});
