import { createRateLimitedLog } from './rate-limited-log.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start(longestPauseMs?: number) {
  const lines: string[] = [];
  const log = createRateLimitedLog<'hot' | 'cold'>(longestPauseMs);
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

/** In which seconds something is said of what goes on for so many. */
function saidWithin(seconds: number, longestPauseMs?: number): number[] {
  const { lines, say } = start(longestPauseMs);
  const said: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    say('hot');
    if (lines.splice(0).length > 0) said.push(second);
    jest.advanceTimersByTime(1_000);
  }
  return said;
}

it('says again and again what goes on', () => {
  expect(saidWithin(5)).toEqual([0, 1, 2, 3, 4]);
});

it('says less and less of what may go on for hours, but something once in its longest pause', () => {
  expect(saidWithin(301, 60_000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
});

it('says at once what comes back after more than its longest pause, and what was left unsaid before', () => {
  const { lines, say } = start(60_000);
  say('hot');
  say('hot');
  jest.advanceTimersByTime(61_000);
  say('hot');
  jest.advanceTimersByTime(1_000);
  say('hot');
  expect(lines).toEqual(['hot 0', 'hot 1', 'hot 0']);
});
