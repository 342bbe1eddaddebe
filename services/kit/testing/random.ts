/** Pseudo-random numbers, always the same for a seed. */
export interface Random {
  /** A number from 0 on, below 1. */
  readonly next: () => number;
  /** An integer from 0 on, below `end`. */
  readonly below: (end: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of the items, of which there is at least one. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Some of the items, at most `max`, in any order, each once. */
  readonly some: <Item>(items: readonly Item[], max: number) => Item[];
  readonly shuffled: <Item>(items: readonly Item[]) => Item[];
}

/** Creates a generator (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  const take = <Item>(items: readonly Item[], count: number): Item[] => {
    const left = [...items];
    return Array.from({ length: count }, () => left.splice(below(left.length), 1)).flat();
  };
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    some: (items, max) => take(items, below(max + 1)),
    shuffled: (items) => take(items, items.length),
  };
}

/** One seed for a list of numbers, so that any item of a series can be made without the items before it. */
export const combineSeeds = (...seeds: readonly number[]): number =>
  seeds.reduce((combined, seed) => scramble(combined ^ (seed + 0x9e3779b9)), 0x5ca1ab1e);

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
