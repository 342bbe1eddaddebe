import { createActiveFaults } from './active-faults.js';

it('createActiveFaults reports a fault of a service while it is active and for two seconds after it ended', () => {
  let now = 0;
  const activeFaults = createActiveFaults(() => now);
  expect([activeFaults.isAny(), activeFaults.since('denmark', 0)]).toEqual([false, false]);
  now = 1_000;
  activeFaults.begin('denmark');
  expect([activeFaults.isAny(), activeFaults.since('denmark', 900), activeFaults.since('italy', 900)]).toEqual([
    true,
    true,
    false,
  ]);
  now = 5_000;
  activeFaults.end('denmark');
  expect(activeFaults.isAny()).toBe(false);
  expect([4_000, 7_000, 7_001].map((moment) => activeFaults.since('denmark', moment))).toEqual([true, true, false]);
});
