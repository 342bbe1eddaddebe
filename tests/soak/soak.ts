/** `npm run soak`: lets things go wrong for a long time, and checks what stays right. `--help` says what can be asked of it. */
import { startThrowawayCluster } from '../../cli/start/cluster.js';
import { listenForSignals } from '../../cli/start/signals.js';
import { type Command, type Kind, parseArguments, usage } from './arguments.js';
import { faultFigures, overgrown } from './fault-figures.js';
import { playFaults } from './fault-scenario.js';
import { playKills } from './kill-scenario.js';

const compareEvery = 10;
/** So many lines say enough. */
const mostShown = 20;

process.exit(await main());

async function main(): Promise<number> {
  const command = parseArguments(process.argv.slice(2));
  if (command.kind === 'help') return end(usage, 0);
  if (command.kind === 'refused') return end(`${command.message}\nSee npm run soak -- --help`, 2);
  const signal = listenForSignals().stop;
  const began = performance.now();
  const say = (text: string): void => {
    console.log(`${Math.round((performance.now() - began) / 1000)} s`.padStart(6), '│', text);
  };
  say(`seed ${command.seed}`);
  const cluster = await startThrowawayCluster([]);
  process.env['TEST_POSTGRES_URL'] = cluster.administratorUrl;
  try {
    let wrong = 0;
    for (const kind of command.kinds) {
      say(`${kind} …`);
      const found = await play(kind, { ...command, signal, say });
      wrong += found.length;
      for (const line of found.slice(0, mostShown)) console.log(line);
      if (found.length > mostShown) console.log(`… and ${found.length - mostShown} more`);
    }
    say(wrong === 0 ? 'nothing was wrong' : `${wrong} things were wrong`);
    return wrong === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return end('interrupted; everything that was started has stopped', 130);
    throw error;
  } finally {
    await cluster.stop();
  }
}

type Asked = Extract<Command, { kind: 'run' }> & { readonly signal: AbortSignal; readonly say: (text: string) => void };

/** What was wrong, a line each. */
async function play(kind: Kind, asked: Asked): Promise<readonly string[]> {
  if (kind === 'kills') {
    const { differences, faults } = await playKills({ ...asked, compareEvery });
    return [...faults, ...differences];
  }
  const report = await playFaults(asked);
  console.log(faultFigures(report));
  return [...[...report.violations].map(([text, times]) => `${times} × ${text}`), ...overgrown(report)];
}

function end(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}
