import { createRandom } from '../kit/testing/random.js';
import { type CountedValues, countOnDays } from './count-on-days.js';

const days = Array.from({ length: 28 }, (_, index) => `2020-02-${String(index + 1).padStart(2, '0')}`);

it('countOnDays counts a value from its first day to the day before its end, once for any number of spans', () => {
  const spans: CountedValues[] = [
    { value: 'a', values: 1, from: '2020-02-02', until: '2020-02-04' },
    { value: 'a', values: 1, from: '2020-02-03', until: '2020-02-05' },
    { value: 'b', values: 1, from: '2019-01-01', until: null },
    { value: 'c', values: 1, from: '2020-02-03', until: '2020-02-03' },
    { value: 'd', values: 1, from: '2020-02-06', until: '2020-02-01' },
    { value: null, values: 10, from: '2020-02-03', until: '2020-02-06' },
  ];
  expect(countOnDays(spans, days.slice(0, 6))).toEqual([1, 2, 12, 12, 11, 1]);
  expect(countOnDays(spans, ['2018-01-01', '2020-02-03'])).toEqual([0, 12]);
  expect(countOnDays([], days.slice(0, 2))).toEqual([0, 0]);
});

it('countOnDays counts as comparing every span with every day does', () => {
  const random = createRandom(1);
  const dayAt = (): string => days[random.below(days.length)] ?? '';
  for (let round = 0; round < 50; round += 1) {
    const spans = Array.from({ length: random.below(12) }, (): CountedValues => {
      const several = random.below(3) === 0;
      return {
        value: several ? null : `user ${random.below(4)}`,
        values: several ? 1 + random.below(5) : 1,
        from: dayAt(),
        until: random.below(3) === 0 ? null : dayAt(),
      };
    });
    const points = days.filter(() => random.below(2) === 0);
    const expected = points.map((day) => {
      const counted = spans.filter(({ from, until }) => from <= day && (until === null || day < until));
      const named = new Set(counted.flatMap(({ value }) => value ?? [])).size;
      return counted.reduce((sum, { value, values }) => sum + (value === null ? values : 0), named);
    });
    expect(countOnDays(spans, points)).toEqual(expected);
  }
});
