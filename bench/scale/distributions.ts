import type { Random } from '../../services/kit/testing/random.js';

/** A rank below the limit, distributed as words are: the tenth occurs a tenth as often as the first. */
export const zipf = ({ next }: Random, limit: number): number =>
  Math.min(limit - 1, Math.floor(Math.exp(next() * Math.log(limit + 1))) - 1);

/** A rank below the limit, distributed as solutions are: a few have thousands of users, most have a handful, and none has them all. */
export const popularity = ({ next }: Random, limit: number): number => Math.floor(limit * next() ** (1 / 0.35));
