import { scaleLinear, scaleUtc } from '@visx/scale';

export type TimeScale = ReturnType<typeof scaleUtc<number>>;
export type CountScale = ReturnType<typeof scaleLinear<number>>;

/** A day in UTC: charts do not depend on where they are drawn. */
export const toDay = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);

/** The days of a picture from its left to its right. */
export const timeScale = (from: string, to: string, range: [left: number, right: number]): TimeScale =>
  scaleUtc<number>({ domain: [toDay(from), toDay(to)], range });

/** Numbers from 0 at the bottom to at least `max` at the top. */
export const countScale = (max: number, range: [bottom: number, top: number]): CountScale =>
  scaleLinear<number>({ domain: [0, Math.max(4, max * 1.1)], range, nice: 4 });
