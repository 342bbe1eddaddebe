import type { Day } from '../../../shared/dates.js';
import type { RunKind } from '../core/import-run.js';
import type { MissingPolicy } from './missing-rows.js';

export interface ImportOptions {
  readonly kind: Exclude<RunKind, 'PUBLICCODE'>;
  /** Reports what would happen, and writes nothing. */
  readonly dryRun?: boolean;
  /** What to do with rows that are missing from their table. Null: not chosen, so nothing is written if there is one. */
  readonly missing: MissingPolicy | null;
  /** The end date (exclusive) of rows that are missing from their table. */
  readonly on: Day;
  /** Whether rows that an editor has changed are overwritten too. */
  readonly overwriteEdits?: boolean;
  /** Called with the progress within a table. */
  readonly onProgress?: (file: string, done: number, of: number) => void;
}
