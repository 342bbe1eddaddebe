import { createSparingLog } from './sparing-log.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start() {
  const lines: string[] = [];
  const log = createSparingLog<'hot' | 'cold'>();
  const say = (sort: 'hot' | 'cold'): void => {
    log(sort, (unsaid) => lines.push(`${sort} ${unsaid}`));
  };
  return { lines, say };
}

it('says each sort at once, and again after a second, with how many were left unsaid', () => {
  const { lines, say } = start();
  for (let times = 0; times < 1_000; times += 1) say('hot');
  say('cold');
  expect(lines.splice(0)).toEqual(['hot 0', 'cold 0']);
  jest.advanceTimersByTime(1_000);
  say('hot');
  say('hot');
  expect(lines).toEqual(['hot 999']);
});

it('says less and less of what goes on, but something once a minute', () => {
  const { lines, say } = start();
  const seconds: number[] = [];
  for (let second = 0; second <= 300; second += 1) {
    say('hot');
    if (lines.splice(0).length > 0) seconds.push(second);
    jest.advanceTimersByTime(1_000);
  }
  expect(seconds).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
});

it('says at once what comes back after more than a minute, and what was left unsaid before', () => {
  const { lines, say } = start();
  say('hot');
  say('hot');
  jest.advanceTimersByTime(61_000);
  say('hot');
  jest.advanceTimersByTime(1_000);
  say('hot');
  expect(lines).toEqual(['hot 0', 'hot 1', 'hot 0']);
});
