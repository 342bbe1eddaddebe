/** `npm run soak`: lets things go wrong for a long time, and checks what stays right. `--help` says what can be asked of it. */
import { startThrowawayCluster } from '../../cli/start/cluster.js';
import { listenForSignals } from '../../cli/start/signals.js';
import { runCli } from '../../services/kit/cli.js';
import { type Kind, soakCli, type SoakOptions } from './arguments.js';
import { faultFigures, overgrown } from './fault-figures.js';
import { runFaultScenario } from './fault-scenario.js';
import { runKillScenario } from './kill-scenario.js';

const compareEvery = 10;
/** So many lines say enough. */
const mostShown = 20;

process.exit(await runCli(soakCli(main)));

async function main(options: SoakOptions): Promise<number> {
  const signal = listenForSignals().stop;
  const began = performance.now();
  const say = (text: string): void => {
    console.log(`${Math.round((performance.now() - began) / 1000)} s`.padStart(6), '│', text);
  };
  say(`seed ${options.seed}`);
  const cluster = await startThrowawayCluster([]);
  process.env['TEST_POSTGRES_URL'] = cluster.administratorUrl;
  try {
    let wrong = 0;
    for (const kind of options.kinds) {
      say(`${kind} …`);
      const found = await play(kind, { ...options, signal, say });
      wrong += found.length;
      for (const line of found.slice(0, mostShown)) console.log(line);
      if (found.length > mostShown) console.log(`… and ${found.length - mostShown} more`);
    }
    say(wrong === 0 ? 'nothing was wrong' : `${wrong} things were wrong`);
    return wrong === 0 ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error('interrupted; everything that was started has stopped');
    return 130;
  } finally {
    await cluster.stop();
  }
}

type Asked = SoakOptions & { readonly signal: AbortSignal; readonly say: (text: string) => void };

/** What was wrong, a line each. */
async function play(kind: Kind, asked: Asked): Promise<readonly string[]> {
  if (kind === 'kills') {
    const { differences, faults } = await runKillScenario({ ...asked, compareEvery });
    return [...faults, ...differences];
  }
  const report = await runFaultScenario(asked);
  console.log(faultFigures(report));
  return [...[...report.violations].map(([text, times]) => `${times} × ${text}`), ...overgrown(report)];
}
