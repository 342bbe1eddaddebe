import { section } from './report-section.js';
import type { QualityReport } from '../quality/report.js';

/** Summarises the report for a person: the size of the catalogue, then the findings of each check, most frequent first. */
export function summariseQuality({ country, day, holds, findings }: QualityReport): string {
  const withFindings = findings.filter(({ count }) => count > 0).sort((left, right) => right.count - left.count);
  const withoutFindings = findings.filter(({ count }) => count === 0).map(({ check }) => check);
  return [
    `The catalogue ${country} on ${day}: ${Object.entries(holds)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
    ...withFindings.flatMap(({ check, title, count, rows }) =>
      section(
        `${title}: ${count} (${check})`,
        rows.map(({ id, detail }) => (detail === null ? id : `${id}: ${abbreviate(detail)}`)),
        count,
      ),
    ),
    ...(withoutFindings.length > 0 ? ['', `Nothing found by: ${withoutFindings.join(', ')}`] : []),
  ].join('\n');
}

const abbreviate = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 120)}…`);
