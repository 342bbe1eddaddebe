import { createRateLimitedLog, outage, type RateLimitOptions } from './rate-limited-log.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start(options?: RateLimitOptions) {
  const lines: string[] = [];
  const log = createRateLimitedLog(options);
  const occur = (kind: string): void => {
    log(kind, (suppressed) => lines.push(`${kind} ${suppressed}`));
  };
  return { lines, occur };
}

/** The seconds in which something is logged that occurs once a second. */
function loggedSeconds(seconds: number, options?: RateLimitOptions): number[] {
  const { lines, occur } = start(options);
  const logged: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    occur('hot');
    if (lines.splice(0).length > 0) logged.push(second);
    jest.advanceTimersByTime(1_000);
  }
  return logged;
}

describe('createRateLimitedLog', () => {
  it('logs each kind at once, and again after a second, with the number of suppressed repeats', () => {
    const { lines, occur } = start();
    for (let times = 0; times < 1_000; times += 1) occur('hot');
    occur('cold');
    expect(lines.splice(0)).toEqual(['hot 0', 'cold 0']);
    jest.advanceTimersByTime(1_000);
    occur('hot');
    occur('hot');
    expect(lines).toEqual(['hot 999']);
  });

  it('logs what continues once per interval', () => {
    expect(loggedSeconds(5)).toEqual([0, 1, 2, 3, 4]);
    expect(loggedSeconds(181, { intervalMs: 60_000 })).toEqual([0, 60, 120, 180]);
  });

  it('doubles the interval of what continues, up to the maximum', () => {
    expect(loggedSeconds(301, { maxIntervalMs: 60_000 })).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  it('logs at once what returns after more than the maximum interval, with what was suppressed before', () => {
    const { lines, occur } = start({ maxIntervalMs: 60_000 });
    occur('hot');
    occur('hot');
    jest.advanceTimersByTime(61_000);
    occur('hot');
    jest.advanceTimersByTime(1_000);
    occur('hot');
    expect(lines).toEqual(['hot 0', 'hot 1', 'hot 0']);
  });

  it('logs an outage of days less and less often, down to once an hour, and the next one at once', () => {
    const day = loggedSeconds(86_400, outage);
    expect(day.slice(0, 6)).toEqual([0, 1, 3, 7, 15, 31]);
    expect(day.length).toBeLessThan(36);
    expect(day.slice(-2)).toEqual([(day.at(-1) ?? 0) - 3_600, day.at(-1)]);

    const { lines, occur } = start(outage);
    for (let times = 0; times < 7_200; times += 1) {
      occur('down');
      jest.advanceTimersByTime(1_000);
    }
    lines.splice(0);
    jest.advanceTimersByTime(300_000);
    occur('down');
    expect(lines).toHaveLength(1);
  });

  it('forgets the least recent kind beyond a maximum', () => {
    const { lines, occur } = start({ maxKinds: 2 });
    for (const kind of ['a', 'b', 'a', 'c', 'b', 'b']) occur(kind);
    expect(lines).toEqual(['a 0', 'b 0', 'c 0', 'b 0']);
  });
});
