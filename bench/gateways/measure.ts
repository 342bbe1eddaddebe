import { performance } from 'node:perf_hooks';

import { cpuTimes, spent } from '../cpu.js';
import { measureThroughput, type Throughput, type Turns } from '../rounds.js';
import type { Run } from '../run.js';
import { connections, type Candidate } from './candidates.js';
import type { Replay } from './replay.js';

/** What a slice of the measurement took. */
export interface Slice extends Throughput {
  /** CPU milliseconds of the gateway; NaN where they are not measured. */
  readonly cpu: number;
  /** How often the gateway asked subgraphs. */
  readonly fetches: number;
  /** For which part of the time the client that asks was busy itself, 0 to 1. */
  readonly clientBusy: number;
}

/** Asks one after the other, as fast as it answers. */
export async function measureCandidates(
  contestants: readonly Candidate[],
  turns: Turns,
  replay: Replay,
  run: Run,
): Promise<ReadonlyMap<Candidate, readonly Slice[]>> {
  const slices = new Map(contestants.map((contestant) => [contestant, [] as Slice[]] as const));
  await measureThroughput(contestants, connections, turns, run, async (contestant) => {
    const cpu = (): ReturnType<typeof cpuTimes> => cpuTimes([contestant.processId]);
    const fetchesBefore = await replay.requests();
    const cpuBefore = cpu();
    const clientBefore = performance.eventLoopUtilization();
    return async (throughput) => {
      const { utilization } = performance.eventLoopUtilization(clientBefore);
      const cpuAfter = cpu();
      slices.get(contestant)?.push({
        ...throughput,
        cpu: cpuBefore && cpuAfter ? spent(cpuBefore, cpuAfter) : NaN,
        fetches: (await replay.requests()) - fetchesBefore,
        clientBusy: utilization,
      });
    };
  });
  return slices;
}
