import { median, percentile, ratioOf } from './statistics.js';

describe('percentile', () => {
  it.each([
    [[5], 0.5, 5],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[10, 9, 2, 1], 0, 1],
    [[10, 9, 2, 1], 1, 10],
    [Array.from({ length: 101 }, (_, index) => index), 0.95, 95],
  ])('of %j at the share %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBeCloseTo(expected);
  });

  it('leaves the order of the values unchanged', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of no values is NaN', () => {
    expect(median([])).toBeNaN();
  });
});

describe('ratioOf', () => {
  it('compares the medians of all values, and each round with the same round of the base', () => {
    const slow = [[4, 4, 4], [9]];
    const fast = [[2, 2, 2], [3]];
    expect(ratioOf(slow, fast)).toEqual({ overall: 2, min: 2, max: 3 });
  });
});
