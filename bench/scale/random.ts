/** Numbers from 0 to 1 that look random and are always the same. */
export type Random = () => number;

/** A series of its own for each list of numbers, so that any entry can be made without those before it. */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ (seed + 0x9e3779b9)), 0x5ca1ab1e);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[below(random, items.length)] ?? items[0];

/** As words are: the tenth comes a tenth as often as the first. */
export const zipf = (random: Random, limit: number): number =>
  Math.min(limit - 1, Math.floor(Math.exp(random() * Math.log(limit + 1))) - 1);

/** As solutions are: a few have thousands of users and most have a handful, but none has them all. */
export const popularity = (random: Random, limit: number): number => Math.floor(limit * random() ** (1 / 0.35));
