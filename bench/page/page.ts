import { type CpuTimes, cpuTimes, spent } from '../cpu.js';
import type { Graph } from '../graph.js';
import { divideTime, measureLatency, measureThroughput, type Throughput } from '../rounds.js';
import type { Run } from '../run.js';
import { count, latencyCells, latencyColumns, milliseconds, type Report } from '../table.js';
import { openPageVariants, type PageVariant, type PageVariants } from './variants.js';

const connections = 16;

/** What a slice of the measurement took. */
interface Slice extends Throughput {
  /** CPU milliseconds; NaN where they are not measured. */
  readonly processes: number;
  readonly database: number;
}

/** Measures the cost of the layers between a client and the database, beside other servers over the same tables. */
export async function measurePage(graph: Graph, run: Run): Promise<Report> {
  const pages = await openPageVariants(graph, connections, run);
  try {
    const { variants, administrations, memberships } = pages;
    const latencies = await measureLatency(variants, run.seconds, run);
    const slices = await measureSlices(pages, run);
    const [base, bare = base] = variants;
    const rows = variants.map((variant) => [
      variant.name,
      ...latencyCells(latencies.get(variant) ?? [], latencies.get(base) ?? []),
      ...costCells(variant, slices.get(variant) ?? [], slices.get(bare) ?? []),
    ]);
    return {
      title: 'page: 20 administrations with their memberships and consortia',
      description: [
        `The same data from ${count(administrations)} Italian administrations with ${count(memberships)} memberships (almost all invented, in a`,
        'temporary database), after a different cursor each time, responses compared. Latency with one request after the other;',
        `responses per second and CPU per response with ${connections} connections. In brackets: the range of the ratio in single rounds.`,
        'PostGraphile 5 takes part on Node 22 and later.',
      ],
      columns: ['', ...latencyColumns, 'responses/s', 'CPU processes', 'ratio to bare', 'CPU PostgreSQL'],
      rows,
    };
  } finally {
    await pages.close();
  }
}

async function measureSlices({ variants, backends }: PageVariants, run: Run): Promise<Map<PageVariant, Slice[]>> {
  const slices = new Map<PageVariant, Slice[]>(variants.map((variant) => [variant, []]));
  await measureThroughput(variants, connections, divideTime(run.seconds, variants), run, async (variant) => {
    const { processes } = variant;
    const processesBefore = cpuTimes(processes);
    const databaseBefore = cpuTimes(await backends());
    return async (throughput) => {
      slices.get(variant)?.push({
        ...throughput,
        processes: between(processesBefore, cpuTimes(processes)),
        database: between(databaseBefore, cpuTimes(await backends())),
      });
    };
  });
  return slices;
}

const between = (before: CpuTimes | undefined, after: CpuTimes | undefined): number =>
  before && after ? spent(before, after) : NaN;

function costCells({ processes }: PageVariant, slices: readonly Slice[], bare: readonly Slice[]): string[] {
  const total = (some: readonly Slice[], figure: Exclude<keyof Slice, 'latencies'>): number =>
    some.reduce((sum, slice) => sum + slice[figure], 0);
  const each = (some: readonly Slice[], figure: 'processes' | 'database'): number =>
    total(some, figure) / total(some, 'responses');
  const cpu = (milli: number): string => (Number.isNaN(milli) ? 'not measured' : milliseconds(milli));
  const ratio = each(slices, 'processes') / each(bare, 'processes');
  return [
    count((total(slices, 'responses') / total(slices, 'milliseconds')) * 1000),
    ...(processes.length === 0
      ? ['–', '–']
      : [cpu(each(slices, 'processes')), Number.isNaN(ratio) ? '' : `${ratio.toFixed(2)} ×`]),
    cpu(each(slices, 'database')),
  ];
}
