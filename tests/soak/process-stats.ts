import { readdirSync, readFileSync } from 'node:fs';

/** The resources of a process at a moment. */
export interface ProcessStats {
  /** Resident memory in megabytes. */
  readonly memory: number;
  /** Open files and connections. */
  readonly handles: number;
}

/** Undefined where the system does not report them, or the process has ended. */
export function readProcessStats(process: number): ProcessStats | undefined {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, 'utf8')) ?? [];
    return { memory: Number(kilobytes) / 1024, handles: readdirSync(`/proc/${process}/fd`).length };
  } catch {
    return undefined;
  }
}

/** The means of an early and a late window, and the allowed mean of the late one. */
export interface Growth {
  readonly early: number;
  readonly late: number;
  readonly allowed: number;
}

/** The allowed difference between the two means, which differ at random. */
export interface Tolerance {
  /** A share of the early mean. */
  readonly share: number;
  readonly absolute: number;
}

/** Shares of the time: the warm-up, in which every operation is executed once, and the length of each window. */
const warmUp = 0.4;
const windowLength = 0.25;

/** The means of an early and of a late window. */
export function measureGrowth(values: readonly number[], { share, absolute }: Tolerance): Growth {
  const from = Math.floor(values.length * warmUp);
  const length = Math.ceil(values.length * windowLength);
  const early = mean(values.slice(from, from + length));
  return { early, late: mean(values.slice(values.length - length)), allowed: early * (1 + share) + absolute };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
