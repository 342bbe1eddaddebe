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

/** How much there was of something early and late, and how much may be late. */
export interface Growth {
  readonly early: number;
  readonly late: number;
  readonly allowed: number;
}

/** What may be more late than early: of what comes and goes at random, no two means are the same. */
export interface Tolerance {
  /** Of what was early. */
  readonly share: number;
  readonly besides: number;
}

/** Shares of the time: until everything was met once, and how long either window is. */
const warmUp = 0.4;
const windowLength = 0.25;

/** The means of an early and of a late window. */
export function growthOf(values: readonly number[], { share, besides }: Tolerance): Growth {
  const from = Math.floor(values.length * warmUp);
  const length = Math.ceil(values.length * windowLength);
  const early = mean(values.slice(from, from + length));
  return { early, late: mean(values.slice(values.length - length)), allowed: early * (1 + share) + besides };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
