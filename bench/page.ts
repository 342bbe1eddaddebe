import { type CpuTimes, cpuTimes, spent } from './cpu.js';
import type { Graph } from './graph.js';
import { openPageVariants, type PageVariant, type PageVariants } from './page-variants.js';
import { divideTime, measureLatency, measureThroughput, type Throughput } from './rounds.js';
import type { Run } from './run.js';
import { count, latencyCells, latencyColumns, milliseconds, type Report } from './table.js';

const connections = 8;

/** What a slice of the measurement took. */
interface Slice extends Throughput {
  /** CPU milliseconds; NaN where they are not measured. */
  readonly services: number;
  readonly database: number;
}

/** Measures the cost of the layers between a client and the database. */
export async function measurePage(graph: Graph, run: Run): Promise<Report> {
  const pages = await openPageVariants(graph, connections, run);
  try {
    const { variants, administrations, memberships } = pages;
    const latencies = await measureLatency(variants, run.seconds, run);
    const slices = await measureSlices(pages, graph, run);
    const [base] = variants;
    const rows = variants.map((variant) => [
      variant.name,
      ...latencyCells(latencies.get(variant) ?? [], latencies.get(base) ?? []),
      ...costCells(variant, slices.get(variant) ?? [], slices.get(base) ?? []),
    ]);
    return {
      title: 'page: 20 administrations with their memberships and consortia',
      description: [
        `The same data three ways, from ${count(administrations)} Italian administrations with ${count(memberships)} memberships (almost all`,
        'invented, in a temporary database), after a different cursor each time. Latency with one request after the other;',
        `responses per second and CPU per response with ${connections} connections. In brackets: the range of the ratio in single rounds.`,
      ],
      columns: ['', ...latencyColumns, 'responses/s', 'ratio', 'CPU services', 'CPU PostgreSQL'],
      rows,
    };
  } finally {
    await pages.close();
  }
}

async function measureSlices(
  { variants, backends }: PageVariants,
  graph: Graph,
  run: Run,
): Promise<Map<PageVariant, Slice[]>> {
  const slices = new Map<PageVariant, Slice[]>(variants.map((variant) => [variant, []]));
  await measureThroughput(variants, connections, divideTime(run.seconds, variants), run, async (variant) => {
    const services = variant.services.map(graph.processId);
    const servicesBefore = cpuTimes(services);
    const databaseBefore = cpuTimes(await backends());
    return async (throughput) => {
      slices.get(variant)?.push({
        ...throughput,
        services: between(servicesBefore, cpuTimes(services)),
        database: between(databaseBefore, cpuTimes(await backends())),
      });
    };
  });
  return slices;
}

const between = (before: CpuTimes | undefined, after: CpuTimes | undefined): number =>
  before && after ? spent(before, after) : NaN;

function costCells({ services }: PageVariant, slices: readonly Slice[], base: readonly Slice[]): string[] {
  const total = (some: readonly Slice[], figure: Exclude<keyof Slice, 'latencies'>): number =>
    some.reduce((sum, slice) => sum + slice[figure], 0);
  const rate = (some: readonly Slice[]): number => (total(some, 'responses') / total(some, 'milliseconds')) * 1000;
  const cpu = (figure: 'services' | 'database'): string => {
    const each = total(slices, figure) / total(slices, 'responses');
    return Number.isNaN(each) ? 'not measured' : milliseconds(each);
  };
  return [
    count(rate(slices)),
    slices === base ? '1' : `1/${(rate(base) / rate(slices)).toFixed(1)}`,
    services.length === 0 ? '–' : cpu('services'),
    cpu('database'),
  ];
}
