import { runFaultScenario } from './fault-scenario.js';

it('runFaultScenario finds no violations in a run of some seconds with requests, abuse and faults', async () => {
  const { signal } = new AbortController();
  const report = await runFaultScenario({
    requests: 100_000,
    minutes: 0.05,
    seed: 5,
    tables: 'short',
    clients: 4,
    // More than a busy machine takes: a timeout without a fault is a violation.
    subgraphTimeoutMs: 10_000,
    signal,
    log: () => undefined,
  });
  expect([...report.violations.keys()]).toEqual([]);
  expect(report.requests).toBeGreaterThan(0);
  expect(report.disturbances).toBeGreaterThan(0);
}, 300_000);
