/** A value that is not allowed, in the response of a subgraph or in that to a client. Its path is assembled on the way up. */
export interface InvalidValue {
  /** What is wrong, as the end of a sentence that begins with what returned it. */
  readonly fault: string;
  /** From the innermost step to the root. */
  readonly reversedPath: (string | number)[];
}

/** What the validation of one response finds. */
export interface Findings {
  readonly invalid: InvalidValue[];
  /** The number of further invalid values, which are null as well. */
  unlisted: number;
  /** The number of discarded fields that were not selected. */
  discarded: number;
  /** The first discarded field, for the log. */
  firstDiscarded: string | null;
}

export const noFindings = (): Findings => ({ invalid: [], unlisted: 0, discarded: 0, firstDiscarded: null });

/** So many invalid values of one response are reported one by one: a client needs no more, and each takes memory. */
const maxListed = 20;

/** Records an invalid value, which becomes null. */
export function addInvalid(findings: Findings, fault: string): null {
  if (findings.invalid.length < maxListed) findings.invalid.push({ fault, reversedPath: [] });
  else findings.unlisted += 1;
  return null;
}

/** Adds a step to the paths of the invalid values that were found since `before`. */
export function addStep(invalid: readonly InvalidValue[], before: number, step: string | number): void {
  for (let index = before; index < invalid.length; index += 1) invalid[index]?.reversedPath.push(step);
}

/** The path of an invalid value, from the root. */
export const toPath = ({ reversedPath }: InvalidValue): (string | number)[] => [...reversedPath].reverse();
