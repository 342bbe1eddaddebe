import { type ImportReport, needsMissingPolicy, formatCounts } from '../import/tables/import-report.js';
import type { Problem } from '../import/core/problem.js';
import type { RowChange } from '../import/core/row-diff.js';
import { section } from './report-section.js';
import type { MissingRow } from '../import/tables/missing-rows.js';

/** What an import did, in words a person can act on: what came in, what did not and why, and what needs a choice. */
export function summariseTables(report: ImportReport): string {
  const { dryRun, files, problems, contradictions, named, changes, edited, missingRows, on } = report;
  const isOpen = ({ candidates = [] }: Problem): boolean => candidates.length > 0;
  const isUnknown = ({ candidates }: Problem): boolean => candidates?.length === 0;
  const those = (outcome: MissingRow['outcome']): string[] =>
    missingRows.filter((row) => row.outcome === outcome).map(({ file, id }) => `${file}: ${id}`);
  return [
    ...opening(report),
    ...Object.entries(files)
      .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
      .map(([file, counts]) => `${file}: ${formatCounts(counts)}`),
    ...section(
      'Changed',
      changes.map(({ file, ...change }) => `${file}: ${formatChange(change)}`),
    ),
    ...section(
      'Bodies that were named by a code or a name, and taken for',
      named.map(
        ({ file, line, column, written, id, confidence }) =>
          `${file}, line ${line}, ${column}: ${JSON.stringify(written)} is ${id} (${percent(confidence)} sure)`,
      ),
    ),
    ...section('Ambiguous names, whose rows were left out', problems.filter(isOpen).map(formatProblem)),
    ...section('Unknown names, whose rows were left out', problems.filter(isUnknown).map(formatProblem)),
    ...section(
      'Other rows and columns that cannot be used',
      problems.filter(({ candidates }) => !candidates).map(formatProblem),
    ),
    ...section('Rows that cannot be true beside others, and are used all the same', contradictions.map(formatProblem)),
    ...section('Edited since the last import, and left as they are (--overwrite-edits takes the table’s word)', [
      ...edited.map(({ file, id }) => `${file}: ${id}`),
      ...those('EDITED'),
    ]),
    ...section(`Vanished from their table, and ended on ${on}`, those('ENDED')),
    ...section('Vanished from their table, and withdrawn, as they have no period to end', those('WITHDRAWN')),
    ...section('Vanished from their table, and kept', those('KEPT')),
    ...section('Vanished from their table', those(null)),
    ...(needsMissingPolicy(report) ? ['', chooseMissingPolicy(dryRun)] : []),
  ].join('\n');
}

function opening(report: ImportReport): string[] {
  if (needsMissingPolicy(report)) return ['Nothing was written: rows vanished, and nobody chose what that means.'];
  return report.dryRun ? ['Nothing was written: this was a dry run.'] : [];
}

const chooseMissingPolicy = (dryRun: boolean): string =>
  `Say what a row that vanished means${dryRun ? '' : ', and import again'}: --missing keep leaves it as it is, --missing end ends what it says today, or on the day of --on.`;

const formatProblem = ({ file, line, column, message }: Problem): string =>
  `${file}, line ${line}${column === null ? '' : `, ${column}`}: ${message}`;

const maxColumns = 3;

function formatChange({ key, columns }: RowChange): string {
  const all = Object.entries(columns).map(
    ([column, [from, to]]) => `${column} ${formatValue(from)} → ${formatValue(to)}`,
  );
  const more = all.length > maxColumns ? ` and ${all.length - maxColumns} more` : '';
  return `${key}: ${all.slice(0, maxColumns).join(', ')}${more}`;
}

function formatValue(value: unknown): string {
  if (value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
