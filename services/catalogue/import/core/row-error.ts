import type { Candidate } from './problem.js';

/** A row cannot be used: the column, and what is wrong with it. */
export class RowError extends Error {
  readonly column: string;
  /** The organisations that an unknown or ambiguous name may refer to. Null if the error is not about a name. */
  readonly candidates: readonly Candidate[] | null;
  constructor(column: string, message: string, candidates: readonly Candidate[] | null = null) {
    super(message);
    this.name = 'RowFault';
    this.column = column;
    this.candidates = candidates;
  }
}
