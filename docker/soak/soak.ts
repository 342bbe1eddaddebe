/** `npm run soak`: kills Europe at random moments, and compares its index. `--help` says what can be asked of it. */
import { startThrowawayCluster } from '../embedded/cluster.js';
import { listenForSignals } from '../embedded/signals.js';
import { parseArguments, usage } from './arguments.js';
import { playKills } from './kills.js';

const compareEvery = 10;
/** So many rows say enough. */
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
    const { differences, faults } = await playKills({ ...command, compareEvery, signal, say });
    for (const line of [...faults, ...differences].slice(0, mostShown)) console.log(line);
    return differences.length + faults.length === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return end('interrupted; everything that was started has stopped', 130);
    throw error;
  } finally {
    await cluster.stop();
  }
}

function end(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}
