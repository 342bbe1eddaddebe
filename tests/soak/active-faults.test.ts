import { createActiveFaults } from './active-faults.js';

it('remembers who was in trouble since a moment, and a little longer', () => {
  let now = 0;
  const troubles = createActiveFaults(() => now);
  expect([troubles.isAny(), troubles.since('denmark', 0)]).toEqual([false, false]);
  now = 1_000;
  troubles.begin('denmark');
  expect([troubles.isAny(), troubles.since('denmark', 900), troubles.since('italy', 900)]).toEqual([true, true, false]);
  now = 5_000;
  troubles.end('denmark');
  expect(troubles.isAny()).toBe(false);
  expect([4_000, 7_000, 7_001].map((moment) => troubles.since('denmark', moment))).toEqual([true, true, false]);
});
