/** `npm run bench`: compares variants with one another in one run. `--help` lists the options. */
import { availableParallelism, cpus, loadavg } from 'node:os';

import { listenForSignals } from '../cli/start/signals.js';
import { runCli } from '../services/kit/cli.js';
import { benchCli, type Measurement, defaultSeconds, type BenchOptions } from './arguments.js';
import { measureBrowser } from './browser.js';
import { measureCosts } from './costs.js';
import { measureCountries } from './countries/countries.js';
import { measureEurope } from './europe.js';
import { measureExport } from './export.js';
import { measureGateways } from './gateways/gateways.js';
import { type Graph, startGraph } from './graph.js';
import { measureImport } from './import.js';
import { measurePage } from './page/page.js';
import type { Run } from './run.js';
import { measureScale } from './scale/scale.js';
import { measureStart } from './start.js';
import { formatReport, type Report } from './table.js';
import { measureDeepPages } from './deep-pages.js';

/** They start what they need themselves. */
const withoutGraph = new Set<Measurement>(['start', 'import']);

/** The rows of all tables of a small country, or one table of a large one. */
const importedRows = 100_000;
/** Enough that the pages, and not the start, take the time. */
const exportedAdoptions = 200_000;

async function main(options: BenchOptions): Promise<number> {
  const signal = listenForSignals().stop;
  console.log(describeMachine());
  try {
    await measure(options, { seconds: options.seconds ?? defaultSeconds.measurement, signal, log: () => undefined });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error('Interrupted. All started processes have stopped.');
    return 130;
  }
}

async function measure(options: BenchOptions, run: Run): Promise<void> {
  const began = performance.now();
  const logFor = (name: string) => (text: string) => {
    console.error(`${elapsed(began)} ${name.padEnd(8)} │ ${text}`);
  };
  let graph: Graph | undefined;
  try {
    for (const name of options.only) {
      const own = { ...run, log: logFor(name) };
      if (!withoutGraph.has(name)) graph ??= await startGraph({ ...run, log: logFor('graph') });
      for await (const report of measureOne(name, options, graph, own)) {
        console.log(typeof report === 'string' ? report : formatReport(report));
      }
    }
  } finally {
    await graph?.stop();
  }
}

/** Yields each report as soon as it is complete. */
async function* measureOne(
  name: Measurement,
  options: BenchOptions,
  graph: Graph | undefined,
  run: Run,
): AsyncGenerator<Report | string> {
  if (name === 'start') yield await measureStart(run);
  else if (name === 'import') yield await measureImport(run, { rows: importedRows });
  else if (!graph) throw new Error('The graph was not started.');
  else if (name === 'export') yield await measureExport(graph, run, { rows: exportedAdoptions });
  else if (name === 'scale') yield* measureScale(graph, run, options);
  else if (name === 'countries') yield* measureCountries(graph, run);
  else if (name === 'gateways') yield* measureGateways(graph, gatewaysRun(run, options), options);
  else
    yield await {
      eu: measureEurope,
      walk: measureDeepPages,
      costs: measureCosts,
      browser: measureBrowser,
      page: measurePage,
    }[name](graph, run);
}

/** The duration is that of each gateway in each round. */
function gatewaysRun(run: Run, { seconds = defaultSeconds.gateway }: BenchOptions): Run {
  return { ...run, seconds };
}

/** Figures are comparable only on one machine, and only while nothing else runs on it. */
function describeMachine(): string {
  const [first] = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '';
  return `${availableParallelism()} cores (${first?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}, load before ${load}`;
}

/** ` 12 s` */
function elapsed(began: number): string {
  return `${Math.round((performance.now() - began) / 1000)} s`.padStart(5);
}

process.exit(await runCli(benchCli(main)));
