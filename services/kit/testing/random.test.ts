import { combineSeeds, createRandom } from './random.js';

describe('createRandom', () => {
  it('returns the same numbers for the same seed and others for another', () => {
    const series = (seed: number): number[] => {
      const { below } = createRandom(seed);
      return Array.from({ length: 20 }, () => below(1_000));
    };
    expect(series(7)).toEqual(series(7));
    expect(series(7)).not.toEqual(series(8));
  });

  it('returns every integer below the end', () => {
    const { below } = createRandom(1);
    expect(new Set(Array.from({ length: 200 }, () => below(5)))).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});

describe('combineSeeds', () => {
  it('returns different seeds for neighbouring lists and for another order', () => {
    const lists = Array.from({ length: 1_000 }, (_, index) => [index % 10, Math.floor(index / 10)]);
    expect(new Set(lists.map((seeds) => combineSeeds(...seeds))).size).toBe(1_000);
  });
});
