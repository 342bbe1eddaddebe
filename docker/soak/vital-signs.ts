import { readdirSync, readFileSync } from 'node:fs';

/** How a process is at a moment. */
export interface VitalSigns {
  /** Memory that it holds, in megabytes. */
  readonly memory: number;
  /** Files and connections that it has open. */
  readonly handles: number;
}

/** Undefined where the system does not tell, or the process is gone. */
export function vitalSigns(process: number): VitalSigns | undefined {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, 'utf8')) ?? [];
    return { memory: Number(kilobytes) / 1024, handles: readdirSync(`/proc/${process}/fd`).length };
  } catch {
    return undefined;
  }
}

/** How much there was of something early and late. */
export interface Growth {
  readonly early: number;
  readonly late: number;
  readonly allowed: number;
}

/** Shares of the time: until the code is warm, and how long either window is. */
const warmUp = 0.2;
const windowLength = 0.3;

/**
 * The mean of an early and of a late window. Late there may be a quarter more, and `slack` besides: what comes and goes at
 * random moves a mean too, but what leaks at every request is many times that after so many.
 */
export function growthOf(values: readonly number[], slack: number): Growth {
  const from = Math.floor(values.length * warmUp);
  const length = Math.ceil(values.length * windowLength);
  const early = mean(values.slice(from, from + length));
  return { early, late: mean(values.slice(values.length - length)), allowed: early * 1.25 + slack };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
