import { count, formatReport, seconds } from '../bench/table.js';
import type { FaultReport } from './faults.js';
import { latencyHeads } from './latencies.js';
import { growthOf, type VitalSigns } from './vital-signs.js';

/** What there may be more of late than early, besides a quarter. */
const slack: Readonly<Record<keyof VitalSigns, number>> = { memory: 30, handles: 20 };
const vitals = ['memory', 'handles'] as const;
/** Fewer looks than this, one a second, say nothing of growth. */
const fewest = 60;

/** What grew that should not, in a line each. */
export function overgrown({ signs }: Pick<FaultReport, 'signs'>): string[] {
  if (signs.length < fewest) return [];
  return vitals.flatMap((vital) => {
    const { early, late, allowed } = growthOf(
      signs.map((sign) => sign[vital]),
      slack[vital],
    );
    if (late <= allowed) return [];
    return [`the gateway's ${vital} grew from ${count(early)} to ${count(late)}; ${count(allowed)} would be allowed`];
  });
}

/** What happened, as tables. */
export function faultFigures(report: FaultReport): string {
  const { requests, refusals, disturbances, rounds, signs, logLines } = report;
  const latencies = formatReport({
    title: 'npm run soak: faults',
    how: [
      `${count(requests)} requests in ${seconds(report.seconds * 1000)}, ${count(refusals)} of them abuse that was refused`,
      `${count(disturbances)} disturbances; every fault of everybody had its turn ${rounds === 1 ? 'once' : `${rounds} times`}`,
      `${count(logLines)} lines in the gateway's log`,
    ],
    columns: latencyHeads,
    rows: report.latencies,
  });
  const growth = formatReport({
    title: 'Did the gateway grow?',
    how: ['Means of an early and of a late third of the time, once it was warm'],
    columns: ['', 'early', 'late', 'allowed'],
    rows: vitals.map((vital) => {
      const found = growthOf(
        signs.map((sign) => sign[vital]),
        slack[vital],
      );
      const name = vital === 'memory' ? 'memory, MB' : vital;
      return [
        name,
        ...[found.early, found.late, found.allowed].map((value) => (signs.length < fewest ? '–' : count(value))),
      ];
    }),
  });
  return `${latencies}\n${growth}`;
}
