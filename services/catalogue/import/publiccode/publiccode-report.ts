import type { Day } from '../../../shared/dates.js';
import type { ScoredCandidate } from '../../name-matching/match-name.js';
import type { QualityIssue } from '../../publiccode/rules.js';
import type { RowCounts } from '../core/upsert-rows.js';
import type { Excess, MissingPolicy, MissingRow } from '../tables/missing-rows.js';
import type { FileProblem } from './walk-folder.js';

/** What to do with a repository that seems to have moved: its record follows it, or it is another solution. */
export type MovedPolicy = 'follow' | 'separate';

/** What was done with one file. */
export interface FileReport {
  readonly file: string;
  /** The id of its record; null if the file was rejected, for the reason in `rejected`. */
  readonly record: string | null;
  readonly address: string | null;
  readonly rejected: string | null;
  /** Whether it is valid by the standard. Null if it could not be read. */
  readonly validByStandard: boolean | null;
  readonly issues: readonly QualityIssue[];
  readonly users: { readonly named: number; readonly matched: number; readonly open: readonly UnmatchedName[] };
}

/** A user's name that was not matched to one organisation, for a person to choose. */
export interface UnmatchedName {
  readonly name: string;
  readonly candidates: readonly ScoredCandidate[];
}

/** An adoption or record of an earlier import whose source no longer states it. */
export interface Disappeared {
  /** What disappeared: the user from a file, the file itself, or the address from a file, which names another one now. */
  readonly what: 'USER' | 'FILE' | 'ADDRESS';
  readonly id: string;
  /** Of the solution. */
  readonly address: string;
  /** The user as the file named it, or the name of the solution. */
  readonly name: string;
  /** The file that stated it; null if unknown. */
  readonly file: string | null;
  /** As for rows that are missing from a table: null if no policy was chosen, or too many would end: then nothing was written. */
  readonly outcome: MissingRow['outcome'];
}

/** More records or adoptions disappeared from files than may end, of those that the same files, folders and lists stated. */
export interface TooManyDisappeared extends Excess {
  readonly rows: 'records' | 'adoptions';
}

/** A file that names another repository than before, with the same name and publisher. */
export interface MovedRepository {
  readonly file: string;
  readonly record: string;
  readonly from: string;
  readonly to: string;
  /** Null if no policy was chosen, so that the file was not imported. */
  readonly policy: MovedPolicy | null;
}

/** What an import of publiccode.yml files did, or would do with `dryRun`. */
export interface PubliccodeReport {
  readonly dryRun: boolean;
  /** What to do with what disappeared; null if not chosen. */
  readonly missing: MissingPolicy | null;
  /** The day on which adoptions that disappeared end. */
  readonly on: Day;
  readonly records: RowCounts;
  readonly adoptions: RowCounts;
  /** Records and adoptions that an editor changed since they were last imported, which are left as they are. */
  readonly edited: readonly string[];
  readonly files: readonly FileReport[];
  readonly problems: readonly FileProblem[];
  /** Other YAML files in the folders, which were not read. */
  readonly others: number;
  readonly moved: readonly MovedRepository[];
  readonly disappeared: readonly Disappeared[];
  /** Of what more disappeared than may end. Then nothing was written. */
  readonly tooManyDisappeared: readonly TooManyDisappeared[];
}

/** Whether a person has to decide what happens to what disappeared, so that nothing was written. */
export const needsPolicy = ({ disappeared }: Pick<PubliccodeReport, 'disappeared'>): boolean =>
  disappeared.some(({ outcome }) => outcome === null);

/** Whether something of what was named could not be imported. */
export const isIncomplete = ({ files, problems, moved }: PubliccodeReport): boolean =>
  problems.length > 0 || files.some(({ rejected }) => rejected !== null) || moved.some(({ policy }) => policy === null);
