import type { Candidate, Check, CheckRecord, ChosenAdministration } from '../../components/check/check-data.js';

/** A check that was repeated by the id of its record: `ReuseCheckRecord`. */
export interface RepeatedCheck {
  readonly record: CheckRecord;
  readonly check: Check;
  readonly notReproduced: readonly string[];
  readonly changedSince: readonly string[];
  readonly addedSince: readonly Pick<Candidate, 'solutionId' | 'solution' | 'reasons'>[] | null;
}

/** Everything on the page. */
export interface CheckData {
  /** What the form contains. */
  readonly text: string;
  readonly topics: readonly string[];
  /** The names of topics in the reader's language. */
  readonly topicNames: Readonly<Record<string, string>>;
  /** The id of a stated need, instead of a text. */
  readonly need: { readonly id: string; readonly statement: string; readonly statementLanguage: string | null } | null;
  readonly administration: ChosenAdministration;
  /** Null: nothing was checked yet. */
  readonly check: Check | null;
  /** Null: nothing was checked, or the record could not be read. */
  readonly record: CheckRecord | null;
  /** What differs from the day of the check, if a record was requested. Null for a new check. */
  readonly repeated: Omit<RepeatedCheck, 'check' | 'record'> | null;
}
