import { type CpuTimes, cpuTimes, spent } from './cpu.js';
import type { Graph } from './graph.js';
import { openPageVariants, type PageVariant, type PageVariants } from './page-ways.js';
import { measureLatency, measureThroughput, shareTime, type Throughput } from './rounds.js';
import type { Run } from './run.js';
import { count, latencyCells, latencyColumns, milliseconds, type Report } from './table.js';

const connections = 8;

/** What a slice of the measurement took. */
interface Slice extends Throughput {
  /** CPU milliseconds; NaN where they are not measured. */
  readonly services: number;
  readonly database: number;
}

/** What the layers between a client and the database cost. */
export async function measurePage(graph: Graph, run: Run): Promise<Report> {
  const pages = await openPageVariants(graph, connections, run);
  try {
    const { ways, administrations, memberships } = pages;
    const latencies = await measureLatency(ways, run.seconds, run);
    const slices = await measureSlices(pages, graph, run);
    const [base] = ways;
    const rows = ways.map((way) => [
      way.name,
      ...latencyCells(latencies.get(way) ?? [], latencies.get(base) ?? []),
      ...costCells(way, slices.get(way) ?? [], slices.get(base) ?? []),
    ]);
    return {
      title: 'page: 20 administrations with their memberships and consortia',
      how: [
        `The same data three ways, from ${count(administrations)} Italian bodies with ${count(memberships)} memberships (almost all invented,`,
        'in a database that is thrown away), after a different cursor each time. Latency one after the other;',
        `answers per second and CPU per answer with ${connections} connections. In brackets: the ratio of single rounds.`,
      ],
      columns: ['', ...latencyColumns, 'answers/s', 'ratio', 'CPU services', 'CPU PostgreSQL'],
      rows,
    };
  } finally {
    await pages.close();
  }
}

async function measureSlices(
  { ways, backends }: PageVariants,
  graph: Graph,
  run: Run,
): Promise<Map<PageVariant, Slice[]>> {
  const slices = new Map<PageVariant, Slice[]>(ways.map((way) => [way, []]));
  await measureThroughput(ways, connections, shareTime(run.seconds, ways), run, async (way) => {
    const services = way.services.map(graph.processId);
    const servicesBefore = cpuTimes(services);
    const databaseBefore = cpuTimes(await backends());
    return async (throughput) => {
      slices.get(way)?.push({
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
  const total = (of: readonly Slice[], what: Exclude<keyof Slice, 'latencies'>): number =>
    of.reduce((sum, slice) => sum + slice[what], 0);
  const rate = (of: readonly Slice[]): number => (total(of, 'answers') / total(of, 'milliseconds')) * 1000;
  const cpu = (what: 'services' | 'database'): string => {
    const each = total(slices, what) / total(slices, 'answers');
    return Number.isNaN(each) ? 'not measured' : milliseconds(each);
  };
  return [
    count(rate(slices)),
    slices === base ? '1' : `1/${(rate(base) / rate(slices)).toFixed(1)}`,
    services.length === 0 ? '–' : cpu('services'),
    cpu('database'),
  ];
}
