import { count, formatReport, seconds } from '../../bench/table.js';
import type { FaultReport } from './fault-scenario.js';
import { latencyColumns } from './latencies.js';
import { type Growth, measureGrowth, type Tolerance } from './process-stats.js';

type Figure = keyof FaultReport['processSamples'];

/**
 * How much more the gateway may hold late than early. The memory that it retains depends on the largest responses so far; the
 * memory that it uses does not.
 */
const tolerances: Readonly<Record<Figure, Tolerance & { readonly name: string }>> = {
  memory: { name: 'resident memory, MB', share: 0.25, absolute: 50 },
  liveMemory: { name: 'live heap, MB', share: 0.1, absolute: 10 },
  handles: { name: 'handles', share: 0.25, absolute: 20 },
};
const figures = Object.keys(tolerances) as Figure[];

/** Fewer samples than this do not show growth. */
const minSamples = 12;

/** The figures that grew beyond their tolerance, one line each. */
export const findGrowth = (report: Pick<FaultReport, 'processSamples'>): string[] =>
  growths(report).flatMap(([name, growth]) =>
    growth && growth.late > growth.allowed
      ? [`the gateway grew: ${name}, from ${cells(growth).slice(0, 2).join(' to ')}`]
      : [],
  );

/** A fault report as tables. */
export function formatFaultReport(report: FaultReport): string {
  const { requests, rejections, disturbances, rounds, logLines } = report;
  const latencies = formatReport({
    title: 'npm run soak: faults',
    description: [
      `${count(requests)} requests in ${seconds(report.seconds * 1000)}, ${count(rejections)} of them abuse that was rejected`,
      `${count(disturbances)} disturbances; every fault of every service was injected ${rounds === 1 ? 'once' : `${rounds} times`}`,
      `${count(logLines)} lines in the gateway's log`,
    ],
    columns: latencyColumns,
    rows: report.latencies,
  });
  const growthTable = formatReport({
    title: 'Growth of the gateway',
    description: ['Means of an early and of a late quarter of the time, after all operations were executed once'],
    columns: ['', 'early', 'late', 'allowed'],
    rows: growths(report).map(([name, growth]) => [name, ...(growth ? cells(growth) : ['–', '–', '–'])]),
  });
  return `${latencies}\n${growthTable}`;
}

const growths = ({ processSamples }: Pick<FaultReport, 'processSamples'>): [string, Growth | undefined][] =>
  figures.map((figure) => {
    const values = processSamples[figure];
    const growth = values.length < minSamples ? undefined : measureGrowth(values, tolerances[figure]);
    return [tolerances[figure].name, growth];
  });

const cells = ({ early, late, allowed }: Growth): string[] => [early, late, allowed].map(count);
