import type { Day } from '../../../shared/dates.js';
import type { Problem } from '../core/problem.js';
import type { RowChange } from '../core/row-diff.js';
import type { MissingPolicy, MissingRow } from './missing-rows.js';
import type { RowCounts } from '../core/upsert-rows.js';

/** What became of the rows of one table. */
export interface TableCounts extends RowCounts {
  /** Rows that cannot be used. */
  readonly rejected: number;
  /** Codes and figures that the table no longer says of a body it speaks of. */
  readonly removed: number;
  /** Left as they are, because somebody edited them. */
  readonly edited: number;
}

/** A cell that names a body by its code or its name, and the body that it was taken for. */
export interface NamedOrganisation {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly written: string;
  readonly id: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** What an import did, or with `dryRun` would do; what it left out, and what it took for whom. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** What was chosen for rows that vanished; null where nothing was. */
  readonly missing: MissingPolicy | null;
  /** The day on which what vanished ends. */
  readonly on: Day;
  readonly files: Readonly<Record<string, TableCounts>>;
  readonly problems: readonly Problem[];
  /** Rows that can be used, and cannot be true beside others. */
  readonly contradictions: readonly Problem[];
  readonly named: readonly NamedOrganisation[];
  readonly changes: readonly (RowChange & { readonly file: string })[];
  readonly edited: readonly { readonly file: string; readonly id: string }[];
  readonly missingRows: readonly MissingRow[];
}

/** Whether rows vanished and nobody chose what that means, so that nothing was written. */
export const needsMissingPolicy = ({ missingRows }: Pick<ImportReport, 'missingRows'>): boolean =>
  missingRows.some(({ outcome }) => outcome === null);

/** `2 created, 5 unchanged`; "no rows" where there are none. */
export const formatCounts = (counts: TableCounts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ') || 'no rows';
