import { type ImportReport, needsMissingPolicy, formatCounts } from '../import/tables/import-report.js';
import type { Problem } from '../import/core/problem.js';
import type { RowChange } from '../import/core/row-diff.js';
import { chooseMaxEnded, section } from './report-section.js';
import type { MissingRow } from '../import/tables/missing-rows.js';

/** Summarises an import for a person: what was written, what was not and why, and what to decide. */
export function summariseTables(report: ImportReport): string {
  const {
    dryRun,
    files,
    problems,
    suspicious,
    contradictions,
    named,
    changes,
    edited,
    missingRows,
    tooManyMissing,
    on,
  } = report;
  const isOpen = ({ candidates = [] }: Problem): boolean => candidates.length > 0;
  const isUnknown = ({ candidates }: Problem): boolean => candidates?.length === 0;
  const missingWith = (outcome: MissingRow['outcome']): string[] =>
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
      'Organisations that were found by a code or a name',
      named.map(
        ({ file, line, column, written, id, confidence }) =>
          `${file}, line ${line}, ${column}: ${JSON.stringify(written)} is ${id} (confidence ${percent(confidence)})`,
      ),
    ),
    ...section('Ambiguous names, whose rows were not imported', problems.filter(isOpen).map(formatProblem)),
    ...section('Unknown names, whose rows were not imported', problems.filter(isUnknown).map(formatProblem)),
    ...section(
      'Other rows and columns that were not imported',
      problems.filter(({ candidates }) => !candidates).map(formatProblem),
    ),
    ...section('Cells that a spreadsheet may have changed, and that were imported', suspicious.map(formatProblem)),
    ...section('Rows that contradict others, and were imported nevertheless', contradictions.map(formatProblem)),
    ...section('Edited since the last import, and left as they are (--overwrite-edits overwrites them)', [
      ...edited.map(({ file, id }) => `${file}: ${id}`),
      ...missingWith('EDITED'),
    ]),
    ...section(`Missing from their table, and ended on ${on}`, missingWith('ENDED')),
    ...section(
      'Missing from their table, and withdrawn, since they have no period that could end',
      missingWith('WITHDRAWN'),
    ),
    ...section('Missing from their table, and kept', missingWith('KEPT')),
    ...section('Missing from their table', missingWith(null)),
    ...(needsMissingPolicy(report) ? ['', chooseMissingPolicy(dryRun)] : []),
    ...chooseMaxEnded(
      'Is the file complete?',
      tooManyMissing,
      ({ file, missing, of }) => `${file} lacks ${missing} of the ${of} rows that it had`,
    ),
  ].join('\n');
}

function opening(report: ImportReport): string[] {
  if (needsMissingPolicy(report))
    return ['Nothing was written: rows are missing from a table, and --missing was not given.'];
  if (report.tooManyMissing.length > 0) return ['Nothing was written: too many rows are missing from a table.'];
  return report.dryRun ? ['Nothing was written: this was a dry run.'] : [];
}

const chooseMissingPolicy = (dryRun: boolean): string =>
  `Choose what happens to missing rows${dryRun ? '' : ', and import again'}: --missing keep leaves them as they are, --missing end ends them today, or on the day of --on.`;

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
  if (value === null) return 'empty';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
