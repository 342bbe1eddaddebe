/**
 * The process that plays attacks and reports to its parent: `abuse-process.js <options>`, as JSON. It has the lowest priority, in a
 * session of its own: see `lowerPriority`.
 */
import { listenForSignals } from '../../cli/start/signals.js';
import { type AbuseOptions, findDisturbances, formatAbuseReport, runAbuseScenario } from './abuse-scenario.js';
import type { ToSoak } from './run-abuse-process.js';

const send = (message: ToSoak): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });

const [options = '{}'] = process.argv.slice(2);
const reports = await runAbuseScenario({
  ...(JSON.parse(options) as Omit<AbuseOptions, 'signal' | 'log'>),
  signal: listenForSignals().stop,
  log: (text) => void send({ kind: 'log', text }),
});
await send({ kind: 'ended', table: formatAbuseReport(reports), violations: findDisturbances(reports) });
process.exit(0);
