import { runKillScenario } from '../soak/kill-scenario.js';

it('Europe’s index is the same, row for row, after three kills at random moments as without any', async () => {
  const { signal } = new AbortController();
  expect(await runKillScenario({ kills: 3, seed: 5, compareEvery: 3, signal, log: () => undefined })).toEqual({
    differences: [],
    errors: [],
  });
}, 300_000);
