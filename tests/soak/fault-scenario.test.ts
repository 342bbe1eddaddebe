import { runFaultScenario } from './fault-scenario.js';

it('runFaultScenario finds no violations in a run of some seconds with requests, abuse and faults', async () => {
  const { signal } = new AbortController();
  const report = await runFaultScenario({
    requests: 100_000,
    minutes: 0.05,
    seed: 5,
    tables: 'short',
    signal,
    log: () => undefined,
  });
  expect([...report.violations.keys()]).toEqual([]);
  expect(report.requests).toBeGreaterThan(0);
  expect(report.disturbances).toBeGreaterThan(0);
}, 120_000);
