import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of threads by their names, in milliseconds. */
export type CpuTimes = ReadonlyMap<string, number>;

/**
 * The CPU time that the threads of these processes have used so far; ended processes are omitted. Undefined where the system
 * does not report it exactly enough: `ps` counts whole seconds on Linux, and other systems have no `/proc`.
 */
export function cpuTimes(processes: readonly number[]): CpuTimes | undefined {
  if (readTime('/proc/self/schedstat') === undefined) return undefined;
  const times = new Map<string, number>();
  for (const thread of processes.flatMap(threadsOf)) {
    const time = readTime(thread);
    if (time !== undefined) times.set(thread, time);
  }
  return times;
}

/** The CPU time between two readings. A thread that started in between counts in full. */
export function spent(before: CpuTimes, after: CpuTimes): number {
  return [...after].reduce((sum, [thread, time]) => sum + time - (before.get(thread) ?? 0), 0);
}

function threadsOf(id: number): string[] {
  try {
    const folder = `/proc/${id}/task`;
    return readdirSync(folder).map((thread) => `${folder}/${thread}/schedstat`);
  } catch {
    return [];
  }
}

/** The first number in the file is the time on a processor, in nanoseconds. */
function readTime(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}
