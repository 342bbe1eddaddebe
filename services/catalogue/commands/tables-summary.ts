import { type ImportReport, isUndecided, summaryOf } from '../import/tables/import-report.js';
import type { Problem } from '../import/core/problem.js';
import type { RowChange } from '../import/core/row-diff.js';
import { section } from './report-section.js';
import type { Vanished } from '../import/tables/missing-rows.js';

/** What an import did, in words a person can act on: what came in, what did not and why, and what needs a choice. */
export function summariseTables(report: ImportReport): string {
  const { dryRun, files, problems, contradictions, named, changes, edited, vanished, on } = report;
  const isOpen = ({ candidates = [] }: Problem): boolean => candidates.length > 0;
  const isUnknown = ({ candidates }: Problem): boolean => candidates?.length === 0;
  const those = (outcome: Vanished['outcome']): string[] =>
    vanished.filter((row) => row.outcome === outcome).map(({ file, id }) => `${file}: ${id}`);
  return [
    ...opening(report),
    ...Object.entries(files)
      .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
      .map(([file, counts]) => `${file}: ${summaryOf(counts)}`),
    ...section(
      'Changed',
      changes.map(({ file, ...change }) => `${file}: ${described(change)}`),
    ),
    ...section(
      'Bodies that were named by a code or a name, and taken for',
      named.map(
        ({ file, line, column, written, id, confidence }) =>
          `${file}, line ${line}, ${column}: ${JSON.stringify(written)} is ${id} (${percent(confidence)} sure)`,
      ),
    ),
    ...section('Ambiguous names, whose rows were left out', problems.filter(isOpen).map(inWords)),
    ...section('Unknown names, whose rows were left out', problems.filter(isUnknown).map(inWords)),
    ...section(
      'Other rows and columns that cannot be used',
      problems.filter(({ candidates }) => !candidates).map(inWords),
    ),
    ...section('Rows that cannot be true beside others, and are used all the same', contradictions.map(inWords)),
    ...section('Edited since the last import, and left as they are (--overwrite-edits takes the table’s word)', [
      ...edited.map(({ file, id }) => `${file}: ${id}`),
      ...those('EDITED'),
    ]),
    ...section(`Vanished from their table, and ended on ${on}`, those('ENDED')),
    ...section('Vanished from their table, and withdrawn, as they have no period to end', those('WITHDRAWN')),
    ...section('Vanished from their table, and kept', those('KEPT')),
    ...section('Vanished from their table', those(null)),
    ...(isUndecided(report) ? ['', choice(dryRun)] : []),
  ].join('\n');
}

function opening(report: ImportReport): string[] {
  if (isUndecided(report)) return ['Nothing was written: rows vanished, and nobody chose what that means.'];
  return report.dryRun ? ['Nothing was written: this was a dry run.'] : [];
}

const choice = (dryRun: boolean): string =>
  `Say what a row that vanished means${dryRun ? '' : ', and import again'}: --missing keep leaves it as it is, --missing end ends what it says today, or on the day of --on.`;

const inWords = ({ file, line, column, message }: Problem): string =>
  `${file}, line ${line}${column === null ? '' : `, ${column}`}: ${message}`;

const mostColumns = 3;

function described({ key, columns }: RowChange): string {
  const all = Object.entries(columns).map(([column, [from, to]]) => `${column} ${shown(from)} → ${shown(to)}`);
  const more = all.length > mostColumns ? ` and ${all.length - mostColumns} more` : '';
  return `${key}: ${all.slice(0, mostColumns).join(', ')}${more}`;
}

function shown(value: unknown): string {
  if (value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
