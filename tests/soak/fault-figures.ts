import { count, formatReport, seconds } from '../../bench/table.js';
import type { FaultReport } from './fault-scenario.js';
import { latencyHeads } from './latencies.js';
import { type Growth, growthOf, type Tolerance } from './process-stats.js';

type Vital = keyof FaultReport['vitals'];

/**
 * What the gateway may have more of late than early. Room that it keeps depends on the largest answers it has met; what it
 * needs does not.
 */
const tolerances: Readonly<Record<Vital, Tolerance & { readonly name: string }>> = {
  memory: { name: 'memory held, MB', share: 0.25, besides: 50 },
  liveMemory: { name: 'memory needed, MB', share: 0.1, besides: 10 },
  handles: { name: 'handles', share: 0.25, besides: 20 },
};
const vitals = Object.keys(tolerances) as Vital[];

/** Fewer looks than this say nothing of growth. */
const fewest = 12;

/** What grew that should not, in a line each. */
export const overgrown = (report: Pick<FaultReport, 'vitals'>): string[] =>
  growths(report).flatMap(([name, growth]) =>
    growth && growth.late > growth.allowed
      ? [`the gateway grew, ${name}: from ${cells(growth).slice(0, 2).join(' to ')}`]
      : [],
  );

/** What happened, as tables. */
export function faultFigures(report: FaultReport): string {
  const { requests, refusals, disturbances, rounds, logLines } = report;
  const latencies = formatReport({
    title: 'npm run soak: faults',
    description: [
      `${count(requests)} requests in ${seconds(report.seconds * 1000)}, ${count(refusals)} of them abuse that was refused`,
      `${count(disturbances)} disturbances; every fault of everybody had its turn ${rounds === 1 ? 'once' : `${rounds} times`}`,
      `${count(logLines)} lines in the gateway's log`,
    ],
    columns: latencyHeads,
    rows: report.latencies,
  });
  const growth = formatReport({
    title: 'Did the gateway grow?',
    description: ['Means of an early and of a late quarter of the time, once it had met everything'],
    columns: ['', 'early', 'late', 'allowed'],
    rows: growths(report).map(([name, found]) => [name, ...(found ? cells(found) : ['–', '–', '–'])]),
  });
  return `${latencies}\n${growth}`;
}

const growths = (report: Pick<FaultReport, 'vitals'>): [string, Growth | undefined][] =>
  vitals.map((vital) => {
    const values = report.vitals[vital];
    return [tolerances[vital].name, values.length < fewest ? undefined : growthOf(values, tolerances[vital])];
  });

const cells = ({ early, late, allowed }: Growth): string[] => [early, late, allowed].map(count);
