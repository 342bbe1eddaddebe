import { differencesBetween, readIndex } from '../testing/compare-indexes.js';
import { emptyIndex } from '../harvest/prepare-index.js';
import { applyRandomChange } from '../testing/histories.js';
import { createRandom } from '../../kit/testing/random.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { recountForDay } from './recount-for-day.js';
import { inExclusiveTransaction } from './exclusive-transaction.js';

const x = 'github.com/a/x';

let countries: readonly [FakeCountry, FakeCountry];
const indexes: TestIndex[] = [];
beforeEach(async () => {
  countries = await Promise.all([startFakeCountry('DK'), startFakeCountry('BE')]);
});
afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(indexes.splice(0).map(({ close }) => close()));
  await Promise.all(countries.map(({ stop }) => stop()));
});

/** Fakes the date only: timers run as usual. */
const setToday = (day: string): void => {
  jest.useFakeTimers({
    now: new Date(`${day}T12:00:00Z`),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
};
/** Fills an index on a day. */
const fillIndexOn = async (day: string): Promise<TestIndex> => {
  setToday(day);
  const index = await startTestIndex(countries);
  indexes.push(index);
  await index.catchUp();
  return index;
};
const recount = (index: TestIndex, day: string): Promise<void> =>
  inExclusiveTransaction(index.database.dataSource, (run) => recountForDay(run, day));
const differences = async (one: TestIndex, other: TestIndex): Promise<string[]> =>
  differencesBetween(await readIndex(one.database.query), await readIndex(other.database.query));
const countsOf = (index: TestIndex): Promise<object[]> =>
  index.database.query(`SELECT adopters, used_in, maintainer_ids FROM solution ORDER BY id`);

const usersOf = async (index: TestIndex): Promise<string[]> => {
  const rows = await index.database.query<{ id: string }>(`SELECT id FROM organisation WHERE uses_any ORDER BY id`);
  return rows.map(({ id }) => id);
};

const period = (start: string | null, end: string | null, ended: boolean | null = null): object => ({
  during: { start, startPrecision: start && 'DAY', end, endPrecision: end && 'DAY', ended },
});

/** Publishes a solution with adoptions and a portfolio entry that begin and end on different days. */
function publishPeriods(): void {
  const [denmark, belgium] = countries;
  denmark.publish('RECORD', contents.record('dk:record:x', x));
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:k', 'k'));
  denmark.publish('ADMINISTRATION', contents.administration('dk:administration:a', 'a'));
  belgium.publish(
    'ADMINISTRATION',
    contents.administration('be:administration:b', 'b', { existed: { start: null, end: '2026-04-01', ended: true } }),
  );
  denmark.publish(
    'ADOPTION',
    contents.adoption('dk:adoption:a', 'dk:administration:a', x, period('2026-03-01', '2026-05-01')),
  );
  belgium.publish('ADOPTION', contents.adoption('be:adoption:b', 'be:administration:b', x, period('2026-01-01', null)));
  denmark.publish(
    'PORTFOLIO',
    contents.portfolio('dk:portfolio:x', 'dk:consortium:k', x, period('2026-02-01', '2026-06-01')),
  );
}

const unused = { adopters: 0, used_in: [], maintainer_ids: [] };

it('counts what begins and ends on each day, forwards and backwards', async () => {
  publishPeriods();
  const index = await fillIndexOn('2025-12-31');
  const steps: readonly [string, { readonly adopters: number } & Readonly<Record<string, unknown>>][] = [
    ['2025-12-31', unused],
    ['2026-01-01', { ...unused, adopters: 1, used_in: ['BE'] }],
    ['2026-01-31', { ...unused, adopters: 1, used_in: ['BE'] }],
    ['2026-02-01', { adopters: 1, used_in: ['BE'], maintainer_ids: ['dk:consortium:k'] }],
    ['2026-03-01', { adopters: 2, used_in: ['BE', 'DK'], maintainer_ids: ['dk:consortium:k'] }],
    ['2026-04-01', { adopters: 1, used_in: ['DK'], maintainer_ids: ['dk:consortium:k'] }],
    ['2026-05-01', { ...unused, maintainer_ids: ['dk:consortium:k'] }],
    ['2026-06-01', unused],
  ];
  for (const [day, counts] of [...steps, ...[...steps].reverse()]) {
    await recount(index, day);
    expect([day, await countsOf(index)]).toEqual([day, [counts]]);
    expect(await usersOf(index)).toHaveLength(counts.adopters);
  }
});

it('happens in an index that follows feeds without changes, as in one that is filled on that day', async () => {
  publishPeriods();
  const index = await fillIndexOn('2026-01-15');
  setToday('2026-03-15');
  await index.catchUp();
  expect(await differences(index, await fillIndexOn('2026-03-15'))).toEqual([]);
  expect(await countsOf(index)).toEqual([{ adopters: 2, used_in: ['BE', 'DK'], maintainer_ids: ['dk:consortium:k'] }]);
  expect(await usersOf(index)).toEqual(['be:administration:b', 'dk:administration:a']);
});

it('does not recount solutions of which nothing begins or ends in between', async () => {
  publishPeriods();
  const index = await fillIndexOn('2026-04-02');
  await index.database.query(`UPDATE solution SET adopters = 99`);
  await recount(index, '2026-04-30');
  expect(await countsOf(index)).toMatchObject([{ adopters: 99 }]);
  await recount(index, '2026-05-01');
  expect(await countsOf(index)).toMatchObject([{ adopters: 0 }]);
});

it.each([1, 2])('results in the same index as filling it on that day, after random history %i', async (seed) => {
  const random = createRandom(seed);
  for (let left = 250; left > 0; left -= 1) applyRandomChange(random.pick(countries), random);
  const moved = await fillIndexOn('2019-06-01');
  const fresh = await fillIndexOn('2019-06-01');
  // The days on which something begins or ends in random histories are between these.
  for (const day of ['2021-01-01', '2019-01-01', '2124-05-01', '2014-01-01', '2131-01-01', '2022-03-01']) {
    await recount(moved, day);
    setToday(day);
    await emptyIndex(fresh.database.dataSource);
    await fresh.catchUp();
    expect(await differences(moved, fresh)).toEqual([]);
  }
});
