import { count } from '../../bench/table.js';
import { openInspector } from './heap-after-gc.js';
import type { Scenario, Traffic } from './traffic.js';
import { readProcessStats } from './process-stats.js';

/** Samples of a process, from the beginning to the end. */
export interface ProcessSamples {
  /** Resident memory by the operating system, in megabytes. */
  readonly memory: readonly number[];
  /** The heap after a garbage collection, in megabytes: the rest is memory that the process retains. */
  readonly liveMemory: readonly number[];
  /** Open files and connections. */
  readonly handles: readonly number[];
}

/** Intervals in milliseconds. A garbage collection stops the process for a moment. */
const intervals = { stats: 1_000, live: 10_000, progress: 5_000 } as const;

/**
 * Samples the gateway's process until the signal is aborted, and logs the progress.
 *
 * @param inspector the port of the gateway's inspector
 */
export async function watch(
  { graph, signal, report }: Scenario,
  inspector: number,
  traffic: Traffic,
  log: (text: string) => void,
): Promise<() => ProcessSamples> {
  const samples = { memory: [] as number[], liveMemory: [] as number[], handles: [] as number[] };
  const { liveMemory, close } = await openInspector(inspector);
  const timers = [
    setInterval(() => {
      const stats = readProcessStats(graph.gateway.processId() ?? 0);
      if (stats) for (const name of ['memory', 'handles'] as const) samples[name].push(stats[name]);
    }, intervals.stats),
    setInterval(() => {
      liveMemory().then(
        (megabytes) => samples.liveMemory.push(megabytes),
        () => undefined,
      );
    }, intervals.live),
    setInterval(() => {
      const exitReport = graph.gateway.exitReport();
      if (exitReport !== undefined) report(exitReport);
      const requests = `${count(traffic.requests())} requests, ${count(traffic.rejections())} of them abuse`;
      const stats = `${count(samples.memory.at(-1) ?? 0)} MB and ${count(samples.handles.at(-1) ?? 0)} handles`;
      log(`${requests}; the gateway has ${stats}`);
    }, intervals.progress),
  ];
  signal.addEventListener('abort', () => {
    for (const timer of timers) clearInterval(timer);
    close();
  });
  return () => samples;
}
