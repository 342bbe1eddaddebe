/** An organisation that a name in a table may refer to, for a person to choose from. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
}

/** Something wrong in a table: where it is, and what to do about it. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** Null if the problem concerns the whole row or the whole file. */
  readonly column: string | null;
  readonly message: string;
  /** The organisations that an unknown or ambiguous name may refer to. */
  readonly candidates?: readonly Candidate[];
}
