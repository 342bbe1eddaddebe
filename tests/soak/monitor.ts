import { count } from '../../bench/table.js';
import { openInspector } from './heap-after-gc.js';
import type { Stage, Traffic } from './traffic.js';
import { vitalSigns } from './process-stats.js';

/** What a process holds, from the beginning to the end. */
export interface Vitals {
  /** As the operating system counts it, in megabytes. */
  readonly memory: readonly number[];
  /** Of that, what the process still needs: the rest is room that it keeps for later. */
  readonly liveMemory: readonly number[];
  /** Files and connections that are open. */
  readonly handles: readonly number[];
}

/** How often, in milliseconds. To know what is needed, the process has to stop for a moment. */
const every = { sign: 1_000, live: 10_000, progress: 5_000 } as const;

/**
 * Looks at the gateway now and then as long as the stage is played, and tells of it.
 *
 * @param inspector the port where the gateway lets itself be looked into
 */
export async function watch(
  { graph, signal, violation }: Stage,
  inspector: number,
  traffic: Traffic,
  say: (text: string) => void,
): Promise<() => Vitals> {
  const vitals = { memory: [] as number[], liveMemory: [] as number[], handles: [] as number[] };
  const { liveMemory, close } = await openInspector(inspector);
  const timers = [
    setInterval(() => {
      const signs = vitalSigns(graph.gateway.processId() ?? 0);
      if (signs) for (const name of ['memory', 'handles'] as const) vitals[name].push(signs[name]);
    }, every.sign),
    setInterval(() => {
      liveMemory().then(
        (found) => vitals.liveMemory.push(found),
        () => undefined,
      );
    }, every.live),
    setInterval(() => {
      const lastWords = graph.gateway.lastWords();
      if (lastWords !== undefined) violation(lastWords);
      const had = `${count(traffic.requests())} requests, ${count(traffic.refusals())} of them abuse`;
      const has = `${count(vitals.memory.at(-1) ?? 0)} MB and ${count(vitals.handles.at(-1) ?? 0)} handles`;
      say(`${had}; the gateway has ${has}`);
    }, every.progress),
  ];
  signal.addEventListener('abort', () => {
    for (const timer of timers) clearInterval(timer);
    close();
  });
  return () => vitals;
}
