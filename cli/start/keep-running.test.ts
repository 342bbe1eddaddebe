import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { keepRunning, nextDelay } from './keep-running.js';
import type { Child } from './processes.js';

const delays = { firstMs: 1_000, maxMs: 60_000, stableMs: 60_000 };

it('nextDelay doubles the delay up to its maximum, and begins again after a stable run', () => {
  let delay = 0;
  const seen = Array.from({ length: 8 }, () => (delay = nextDelay(delay, 3_000, delays)));
  expect(seen).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(nextDelay(60_000, 59_999, delays)).toBe(60_000);
  expect(nextDelay(60_000, 60_000, delays)).toBe(1_000);
});

/** Processes that a test ends. */
function start(firstMs: number) {
  const ends: ((how: string) => void)[] = [];
  const create = (): Child => {
    const ended = new Promise<string>((resolve) => ends.push(resolve));
    return { name: `child ${ends.length}`, ended } as Child;
  };
  const stopping = new AbortController();
  const reported: string[] = [];
  const kept = keepRunning(create(), {
    restart: create,
    onEnd: (how, delayMs) => reported.push(`${how}, ${delayMs} ms`),
    signal: stopping.signal,
    delays: { ...delays, firstMs },
  });
  const stop = (): void => {
    stopping.abort();
  };
  return { kept, ends, reported, stop };
}

it('keepRunning starts a process again each time that it ends, and reports how it ended', async () => {
  const { kept, ends, reported, stop } = start(2);
  for (const how of ['SIGKILL', 'exit code 1', 'exit code 0']) {
    const { length } = ends;
    ends[length - 1]?.(how);
    await waitUntil('the next process', () => ends.length > length);
  }
  expect(reported).toEqual(['SIGKILL, 2 ms', 'exit code 1, 4 ms', 'exit code 0, 8 ms']);
  await waitUntil('the fourth process to be the current one', () => kept.current().name === 'child 4');
  stop();
  await kept.over;
  ends[3]?.('SIGTERM');
  expect([reported.length, ends.length]).toEqual([3, 4]);
});

it('keepRunning does not start a process that ended a moment before it was stopped', async () => {
  const { kept, ends, reported, stop } = start(60_000);
  ends[0]?.('SIGKILL');
  await waitUntil('the report', () => reported.length === 1);
  stop();
  await kept.over;
  expect([kept.current().name, ends.length]).toEqual(['child 1', 1]);
});
