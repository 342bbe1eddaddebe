/** `npm run bench`: measures, always two things against one another in one run. `--help` says what can be asked of it. */
import { availableParallelism, cpus, loadavg } from 'node:os';

import { listenForSignals } from '../cli/start/signals.js';
import { runCli } from '../services/kit/cli.js';
import { benchCli, type Measurement, defaultSeconds, type BenchOptions } from './arguments.js';
import { measureEurope } from './europe.js';
import { measureGateways } from './gateways/gateways.js';
import { type Graph, startGraph } from './graph.js';
import { measurePage } from './page.js';
import type { Run } from './run.js';
import { measureScale } from './scale/scale.js';
import { measureStart } from './start.js';
import { formatReport, type Report } from './table.js';
import { measureDeepPages } from './deep-pages.js';

process.exit(await runCli(benchCli(main)));

async function main(wishes: BenchOptions): Promise<number> {
  const signal = listenForSignals().stop;
  console.log(machine());
  try {
    await measure(wishes, { seconds: wishes.seconds ?? defaultSeconds.measurement, signal, log: () => undefined });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error('interrupted; everything that was started has stopped');
    return 130;
  }
}

async function measure(wishes: BenchOptions, run: Run): Promise<void> {
  const began = performance.now();
  const sayFor = (name: string) => (text: string) => {
    console.error(`${elapsed(began)} ${name.padEnd(8)} │ ${text}`);
  };
  let graph: Graph | undefined;
  try {
    for (const name of wishes.only) {
      const own = { ...run, say: sayFor(name) };
      if (name !== 'start') graph ??= await startGraph({ ...run, log: sayFor('graph') });
      for await (const found of measureOne(name, wishes, graph, own)) {
        console.log(typeof found === 'string' ? found : formatReport(found));
      }
    }
  } finally {
    await graph?.stop();
  }
}

/** Gives each report as soon as it is there. */
async function* measureOne(
  name: Measurement,
  wishes: BenchOptions,
  graph: Graph | undefined,
  run: Run,
): AsyncGenerator<Report | string> {
  if (name === 'start') yield await measureStart(run);
  else if (!graph) throw new Error('The graph was not started.');
  else if (name === 'scale') yield* measureScale(graph, run, wishes);
  else if (name === 'gateways') yield* measureGateways(graph, gatewaysRun(run, wishes), wishes);
  else yield await { eu: measureEurope, walk: measureDeepPages, page: measurePage }[name](graph, run);
}

/** Each gateway has the seconds in each round. */
function gatewaysRun(run: Run, { seconds = defaultSeconds.gateway }: BenchOptions): Run {
  return { ...run, seconds };
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
