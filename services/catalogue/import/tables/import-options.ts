import type { Day } from '../../../shared/dates.js';
import type { ImportControl } from '../core/import-transaction.js';
import type { RunKind } from '../core/import-run.js';
import type { MissingPolicy } from './missing-rows.js';

export interface ImportOptions extends ImportControl {
  readonly kind: Exclude<RunKind, 'PUBLICCODE'>;
  /** Reports what would happen, and writes nothing. */
  readonly dryRun?: boolean;
  /** What to do with rows that are missing from their table. Null: not chosen, so nothing is written if there is one. */
  readonly missing: MissingPolicy | null;
  /** How many rows of one table may end. Default: see `defaultMaxEnded`. */
  readonly maxEnded?: number | undefined;
  /** The end date (exclusive) of rows that are missing from their table. */
  readonly on: Day;
  /** Whether rows that an editor has changed are overwritten too. */
  readonly overwriteEdits?: boolean;
}
