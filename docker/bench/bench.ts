/** `npm run bench`: measures, always two things against one another in one run. `--help` says what can be asked of it. */
import { availableParallelism, cpus, loadavg } from 'node:os';

import { listenForSignals } from '../embedded/signals.js';
import { type Measurement, parseArguments, usage } from './arguments.js';
import { measureEurope } from './eu.js';
import { type Graph, startGraph } from './graph.js';
import { measurePage } from './page.js';
import type { Run } from './run.js';
import { measureStart } from './start.js';
import { formatReport, type Report } from './table.js';
import { measureWalk } from './walk.js';

process.exit(await main());

async function main(): Promise<number> {
  const command = parseArguments(process.argv.slice(2));
  if (command.kind === 'help') return end(usage, 0);
  if (command.kind === 'refused') return end(`${command.message}\nSee npm run bench -- --help`, 2);
  const signal = listenForSignals().stop;
  console.log(machine());
  try {
    await measure(command.only, { seconds: command.seconds, signal, say: () => undefined });
    return 0;
  } catch (error) {
    if (signal.aborted) return end('interrupted; everything that was started has stopped', 130);
    throw error;
  }
}

async function measure(only: readonly Measurement[], run: Run): Promise<void> {
  const began = performance.now();
  const sayFor = (name: string) => (text: string) => {
    console.error(`${elapsed(began)} ${name.padEnd(5)} │ ${text}`);
  };
  let graph: Graph | undefined;
  try {
    for (const name of only) {
      const own = { ...run, say: sayFor(name) };
      if (name !== 'start') graph ??= await startGraph({ ...run, say: sayFor('graph') });
      console.log(formatReport(await measureOne(name, graph, own)));
    }
  } finally {
    await graph?.stop();
  }
}

function measureOne(name: Measurement, graph: Graph | undefined, run: Run): Promise<Report> {
  if (name === 'start') return measureStart(run);
  if (!graph) throw new Error('The graph was not started.');
  return { eu: measureEurope, walk: measureWalk, page: measurePage }[name](graph, run);
}

/** Figures mean something on one machine only, and little when others work on it. */
function machine(): string {
  const [first] = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '';
  return `${availableParallelism()} cores (${first?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}, load before ${load}`;
}

/** ` 12 s` */
function elapsed(began: number): string {
  return `${Math.round((performance.now() - began) / 1000)} s`.padStart(5);
}

function end(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}
