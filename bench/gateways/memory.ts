import { readFileSync } from 'node:fs';

/** The peak memory of a process in bytes; NaN where the system does not report it. */
export function peakMemory(processId: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return NaN;
  }
}
