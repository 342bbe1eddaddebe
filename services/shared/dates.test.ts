import { InputError } from '../kit/graphql/errors.js';
import { addMonths, dayBefore, pointsBetween } from './dates.js';

describe('days', () => {
  it.each([
    ['2024-03-01', '2024-02-29'],
    ['2023-03-01', '2023-02-28'],
    ['2025-01-01', '2024-12-31'],
  ])('before %s comes %s', (day, before) => {
    expect(dayBefore(day)).toBe(before);
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-01-31', 3, '2024-04-30'],
    ['2023-11-15', 3, '2024-02-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['0001-01-31', 1, '0001-02-28'],
    ['0099-12-01', 1, '0100-01-01'],
    ['9999-12-01', 1, '9999-12-31'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });
});

describe('a series of days', () => {
  it('starts and ends on the given days', () => {
    expect(pointsBetween('2016-01-01', '2018-01-01', 'YEAR')).toEqual(['2016-01-01', '2017-01-01', '2018-01-01']);
    expect(pointsBetween('2016-01-01', '2016-08-07', 'QUARTER')).toEqual([
      '2016-01-01',
      '2016-04-01',
      '2016-07-01',
      '2016-08-07',
    ]);
    expect(pointsBetween('2016-01-31', '2016-03-31', 'MONTH')).toEqual(['2016-01-31', '2016-02-29', '2016-03-31']);
    expect(pointsBetween('2016-01-01', '2016-01-01', 'YEAR')).toEqual(['2016-01-01']);
    expect(pointsBetween('9999-06-01', '9999-12-31', 'YEAR')).toEqual(['9999-06-01', '9999-12-31']);
  });

  it('has at most 500 points, the last day included, and a longer one is rejected without its points', () => {
    expect(pointsBetween('1985-01-15', '2026-08-15', 'MONTH')).toHaveLength(500);
    expect(() => pointsBetween('1985-01-15', '2026-08-16', 'MONTH')).toThrow('more than 500 points');
    // Compared with the error alone, on whatever machine, however busy.
    const shortestOf = (work: () => unknown): number => {
      const rounds = Array.from({ length: 20 }, () => {
        const start = performance.now();
        for (let count = 0; count < 20; count += 1) work();
        return performance.now() - start;
      });
      return Math.min(...rounds);
    };
    const reject = (): void => {
      try {
        pointsBetween('0001-01-01', '9999-12-31', 'MONTH');
      } catch {
        // As above.
      }
    };
    const createError = (): InputError => new InputError('INVALID_ARGUMENT', 'The series has too many points.');
    expect(shortestOf(reject)).toBeLessThan(4 * shortestOf(createError));
  });
});
