/** `npm run soak`: injects faults for a long time, and checks the responses. `--help` lists the options. */
import { startThrowawayCluster } from '../../cli/start/cluster.js';
import { listenForSignals } from '../../cli/start/signals.js';
import { runCli } from '../../services/kit/cli.js';
import { type Kind, soakCli, type SoakOptions } from './arguments.js';
import { findGrowth, formatFaultReport } from './format-fault-report.js';
import { runFaultScenario } from './fault-scenario.js';
import { runAbuseProcess } from './run-abuse-process.js';
import { runKillScenario } from './kill-scenario.js';
import { findOperationProblems, runOperationScenario } from './operation-scenario.js';
import { runWebhookScenario } from './webhook-scenario.js';

const compareEvery = 10;
const maxPrinted = 20;

process.exit(await runCli(soakCli(main)));

async function main(options: SoakOptions): Promise<number> {
  const signal = listenForSignals().stop;
  const began = performance.now();
  const log = (text: string): void => {
    console.log(`${Math.round((performance.now() - began) / 1000)} s`.padStart(6), '│', text);
  };
  log(`seed ${options.seed}`);
  const cluster = await startThrowawayCluster([]);
  process.env['TEST_POSTGRES_URL'] = cluster.administratorUrl;
  try {
    let violations = 0;
    for (const kind of options.kinds) {
      log(`${kind} …`);
      const lines = await play(kind, { ...options, signal, log });
      violations += lines.length;
      for (const line of lines.slice(0, maxPrinted)) console.log(line);
      if (lines.length > maxPrinted) console.log(`… and ${lines.length - maxPrinted} more`);
    }
    log(violations === 0 ? 'no violations' : `${violations} violations`);
    return violations === 0 ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error('Interrupted. All started processes have stopped.');
    return 130;
  } finally {
    await cluster.stop();
  }
}

type ScenarioOptions = SoakOptions & { readonly signal: AbortSignal; readonly log: (text: string) => void };

/** Runs a scenario and returns its violations, one line each. */
async function play(kind: Kind, options: ScenarioOptions): Promise<readonly string[]> {
  if (kind === 'kills') {
    const { differences, errors } = await runKillScenario({ ...options, compareEvery });
    return [...errors, ...differences];
  }
  if (kind === 'operations') return findOperationProblems(await runOperationScenario(options));
  if (kind === 'webhooks') return runWebhookScenario(options);
  if (kind === 'abuse') {
    const { table, violations } = await runAbuseProcess(options);
    console.log(table);
    return violations;
  }
  const report = await runFaultScenario({ ...options, tables: 'whole', clients: 16, subgraphTimeoutMs: 3_000 });
  console.log(formatFaultReport(report));
  return [...[...report.violations].map(([text, times]) => `${times} × ${text}`), ...findGrowth(report)];
}
