import type { Day } from '../../../shared/dates.js';
import type { Problem } from '../core/problem.js';
import type { RowChange } from '../core/row-diff.js';
import type { MissingPolicy, MissingRow, TooManyMissing } from './missing-rows.js';
import type { RowCounts } from '../core/upsert-rows.js';

/** Numbers of rows of one table by what was done with them. */
export interface TableCounts extends RowCounts {
  /** Rows that cannot be used. */
  readonly rejected: number;
  /** Codes and figures of an organisation that its table no longer contains. */
  readonly removed: number;
  /** Left as they are, because an editor changed them. */
  readonly edited: number;
}

/** A cell that contains a code or a name, and the organisation that it was resolved to. */
export interface NamedOrganisation {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly written: string;
  readonly id: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** What an import did, or would do with `dryRun`. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** What to do with rows that are missing from their table; null if not chosen. */
  readonly missing: MissingPolicy | null;
  /** The day on which missing rows end. */
  readonly on: Day;
  readonly files: Readonly<Record<string, TableCounts>>;
  readonly problems: readonly Problem[];
  /** Cells that look as if a spreadsheet had changed them. Their rows are used. */
  readonly suspicious: readonly Problem[];
  /** Rows that are used although they contradict others. */
  readonly contradictions: readonly Problem[];
  readonly named: readonly NamedOrganisation[];
  readonly changes: readonly (RowChange & { readonly file: string })[];
  readonly edited: readonly { readonly file: string; readonly id: string }[];
  readonly missingRows: readonly MissingRow[];
  /** The tables that lack more rows than may end. Then nothing was written. */
  readonly tooManyMissing: readonly TooManyMissing[];
}

/** Whether rows are missing and no policy was chosen, so that nothing was written. */
export const needsMissingPolicy = ({ missing, missingRows }: Pick<ImportReport, 'missing' | 'missingRows'>): boolean =>
  missing === null && missingRows.some(({ outcome }) => outcome === null);

/** Whether a person has to decide what happens to missing rows, so that nothing was written. */
export const needsDecision = (report: Pick<ImportReport, 'missing' | 'missingRows' | 'tooManyMissing'>): boolean =>
  needsMissingPolicy(report) || report.tooManyMissing.length > 0;

/** `2 created, 5 unchanged`; "no rows" if all counts are 0. */
export const formatCounts = (counts: TableCounts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ') || 'no rows';
