import { type Country, countries } from '../values/countries.js';
import { parseSubgraph, type SubgraphText } from './lint-model.js';
import { rules } from './lint-rules.js';

/** Something in the contract that violates one of its rules. */
export interface Violation {
  readonly rule: string;
  /** Where: `Type`, `Type.field` or `Type.field(argument:)`. */
  readonly coordinate: string;
  /** What is wrong there, and why it matters. */
  readonly sentence: string;
}

/**
 * Checks the subgraphs against the rules of the contract that composition does not know: that one country which is down
 * costs itself and nothing else, that everything is explained, and that the contract can grow. See `schema/README.md`.
 *
 * @param all countries, which determine the owner of a type.
 */
export function lintContract(subgraphs: readonly SubgraphText[], all: readonly Country[] = countries): Violation[] {
  const read = subgraphs.map(parseSubgraph);
  const violations = Object.entries(rules).flatMap(([rule, find]) =>
    read.flatMap((subgraph) => find(subgraph, read, all).map((found) => ({ rule, ...found }))),
  );
  // A violation that every country has is reported once.
  return [...new Map(violations.map((violation) => [JSON.stringify(violation), violation] as const)).values()];
}

/** For people: one violation a line. */
export const printViolations = (violations: readonly Violation[]): string =>
  violations.map(({ rule, coordinate, sentence }) => `${coordinate}: ${sentence} (${rule})`).join('\n');
