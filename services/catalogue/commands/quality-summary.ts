import { section } from './report-section.js';
import type { QualityReport } from '../quality/report.js';

/** The report in words: what there is, what was found most, and the first of each. */
export function summariseQuality({ country, day, holds, findings }: QualityReport): string {
  const found = findings.filter(({ count }) => count > 0).sort((left, right) => right.count - left.count);
  const nothing = findings.filter(({ count }) => count === 0).map(({ check }) => check);
  return [
    `The catalogue ${country} on ${day}: ${Object.entries(holds)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
    ...found.flatMap(({ check, title, count, rows }) =>
      section(
        `${title}: ${count} (${check})`,
        rows.map(({ id, detail }) => (detail === null ? id : `${id}: ${abbreviate(detail)}`)),
        count,
      ),
    ),
    ...(nothing.length > 0 ? ['', `Nothing found by: ${nothing.join(', ')}`] : []),
  ].join('\n');
}

const abbreviate = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 120)}…`);
