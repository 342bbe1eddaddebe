import { performance } from 'node:perf_hooks';

import { cpuTimes, spent } from '../cpu.js';
import { measureThroughput, type Schedule, type Throughput } from '../rounds.js';
import type { Run } from '../run.js';
import { connections, type Candidate } from './candidates.js';
import type { Replay } from './replay.js';

/** What a slice of the measurement took. */
export interface Slice extends Throughput {
  /** CPU milliseconds of the gateway; NaN where they are not measured. */
  readonly cpu: number;
  /** The number of requests to subgraphs. */
  readonly fetches: number;
  /** The share of the time in which the client itself was busy, 0 to 1. */
  readonly clientBusy: number;
}

/** Measures one gateway after the other at its full rate. */
export async function measureCandidates(
  candidates: readonly Candidate[],
  schedule: Schedule,
  replay: Replay,
  run: Run,
): Promise<ReadonlyMap<Candidate, readonly Slice[]>> {
  const slices = new Map(candidates.map((candidate) => [candidate, [] as Slice[]] as const));
  await measureThroughput(candidates, connections, schedule, run, async (candidate) => {
    const cpu = (): ReturnType<typeof cpuTimes> => cpuTimes([candidate.processId]);
    const fetchesBefore = await replay.requests();
    const cpuBefore = cpu();
    const clientBefore = performance.eventLoopUtilization();
    return async (throughput) => {
      const { utilization } = performance.eventLoopUtilization(clientBefore);
      const cpuAfter = cpu();
      slices.get(candidate)?.push({
        ...throughput,
        cpu: cpuBefore && cpuAfter ? spent(cpuBefore, cpuAfter) : NaN,
        fetches: (await replay.requests()) - fetchesBefore,
        clientBusy: utilization,
      });
    };
  });
  return slices;
}
