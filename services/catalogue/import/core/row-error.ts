import type { Candidate } from './problem.js';

/** Why a row cannot be used: which column, and what is wrong with it. */
export class RowError extends Error {
  readonly column: string;
  /** Of a name that is no body's, or several bodies'. Null where no name is the matter. */
  readonly candidates: readonly Candidate[] | null;
  constructor(column: string, message: string, candidates: readonly Candidate[] | null = null) {
    super(message);
    this.name = 'RowFault';
    this.column = column;
    this.candidates = candidates;
  }
}
