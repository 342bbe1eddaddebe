import { createRandom } from '../kit/testing/random.js';
import { type CountedSpan, countOnDays } from './count-on-days.js';

interface Use extends CountedSpan {
  readonly user: string;
}

const days = Array.from({ length: 28 }, (_, index) => `2020-02-${String(index + 1).padStart(2, '0')}`);
const userOf = ({ user }: Use): string => user;

it('countOnDays counts a value from its first day to the day before its end, once for any number of rows', () => {
  const uses: Use[] = [
    { user: 'a', from: '2020-02-02', until: '2020-02-04' },
    { user: 'a', from: '2020-02-03', until: '2020-02-05' },
    { user: 'b', from: '2019-01-01', until: null },
    { user: 'c', from: '2020-02-03', until: '2020-02-03' },
    { user: 'd', from: '2020-02-06', until: '2020-02-01' },
  ];
  expect(countOnDays(uses, userOf, days.slice(0, 6))).toEqual([1, 2, 2, 2, 1, 1]);
  expect(countOnDays(uses, userOf, ['2018-01-01', '2020-02-03'])).toEqual([0, 2]);
  expect(countOnDays([], userOf, days.slice(0, 2))).toEqual([0, 0]);
});

it('countOnDays counts as comparing every row with every day does', () => {
  const random = createRandom(1);
  const dayAt = (): string => days[random.below(days.length)] ?? '';
  for (let round = 0; round < 50; round += 1) {
    const uses = Array.from({ length: random.below(12) }, (): Use => ({
      user: `user ${random.below(4)}`,
      from: dayAt(),
      until: random.below(3) === 0 ? null : dayAt(),
    }));
    const points = days.filter(() => random.below(2) === 0);
    const expected = points.map((day) => {
      const counted = uses.filter(({ from, until }) => from <= day && (until === null || day < until));
      return new Set(counted.map(userOf)).size;
    });
    expect(countOnDays(uses, userOf, points)).toEqual(expected);
  }
});
