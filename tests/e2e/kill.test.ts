import { runKillScenario } from '../soak/kill-scenario.js';

it('an index that was killed three times at random moments is the same, row for row, as one that never was', async () => {
  const { signal } = new AbortController();
  expect(await runKillScenario({ kills: 3, seed: 5, compareEvery: 3, signal, say: () => undefined })).toEqual({
    differences: [],
    faults: [],
  });
}, 120_000);
