import { SilenceMeter } from './silence.js';
import { SubgraphError, type SubgraphResponse } from './subgraph.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const whole: SubgraphResponse = { data: { a: 1 }, errors: [] };
const failed: SubgraphResponse = { data: null, errors: [{ message: 'deadline' }] };
const refused = new SubgraphError('SUBGRAPH_UNAVAILABLE', 'refused');
const timedOut = new SubgraphError('SUBGRAPH_TIMEOUT', 'late');

/** A meter, the changes that it reported, and polls that a test ends. */
function start() {
  const changes: boolean[] = [];
  const meter = new SilenceMeter({ onChange: (isSilent) => changes.push(isSilent) });
  /** Sends a poll that gets a response, or an error, so many milliseconds later. */
  const poll = async (ms: number, outcome: SubgraphResponse | Error): Promise<void> => {
    const response = new Promise<SubgraphResponse>((resolve, reject) => {
      setTimeout(() => {
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      }, ms);
    });
    const watched = meter.watch(response).catch(() => undefined);
    await jest.advanceTimersByTimeAsync(ms);
    await watched;
  };
  return { meter, changes, poll };
}

it('a subgraph is silent after three seconds without a response, and no longer after the next one', async () => {
  const { meter, changes, poll } = start();
  await poll(2_900, timedOut);
  expect([meter.silentMs, changes]).toEqual([2_750, []]);
  await poll(600, timedOut);
  expect([meter.silentMs, changes]).toEqual([3_250, [true]]);
  await poll(10, whole);
  expect([meter.silentMs, changes]).toEqual([0, [true, false]]);
});

it('the time between two polls does not count', async () => {
  const { meter, changes, poll } = start();
  for (let times = 0; times < 5; times += 1) {
    await poll(100, whole);
    await jest.advanceTimersByTimeAsync(60_000);
  }
  expect([meter.silentMs, changes]).toEqual([0, []]);
});

it.each([
  ['a response that is late', 2_100, whole, 0],
  ['a prompt response with errors', 100, failed, 0],
  ['a prompt failure', 100, refused, 0],
  ['a prompt timeout', 100, timedOut, 2_000],
  ['a late response with errors, which a deadline has ended', 2_100, failed, 4_000],
  ['a late failure', 2_100, refused, 4_000],
])('after two seconds without a response, %s leaves the right time', async (_what, ms, outcome, expected) => {
  const { meter, poll } = start();
  await poll(2_100, timedOut);
  await poll(ms, outcome);
  expect(meter.silentMs).toBe(expected);
});

it('a subgraph is not silent because the gateway was paused', async () => {
  const { meter, poll } = start();
  const waiting = poll(500, whole);
  // The clock jumps, and no timer fires meanwhile.
  jest.setSystemTime(Date.now() + 3_600_000);
  await waiting;
  expect(meter.silentMs).toBe(0);
});
