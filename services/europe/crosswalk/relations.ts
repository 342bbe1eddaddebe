/**
 * How a concept is related to another one, as in SKOS: `A BROADER B` states that B is broader than A. CLOSE: the two can be used for
 * one another in some applications, which is not transitive.
 */
export const relations = ['EXACT', 'CLOSE', 'BROADER', 'NARROWER', 'RELATED'] as const;
export type Relation = (typeof relations)[number];

const inverses: Readonly<Record<Relation, Relation>> = {
  EXACT: 'EXACT',
  CLOSE: 'CLOSE',
  BROADER: 'NARROWER',
  NARROWER: 'BROADER',
  RELATED: 'RELATED',
};

/** The relation in the other direction. */
export const invertRelation = (relation: Relation): Relation => inverses[relation];

/**
 * The relation of A and C, if A and B, and B and C are so related. Null if nothing follows: what is broader than something narrower
 * may be anything, and so may what is related to something related.
 *
 * What is broader than something close is broader, and never close: it may be much broader.
 */
export function composeRelations(first: Relation, second: Relation): Relation | null {
  if (first === 'RELATED' || second === 'RELATED') return null;
  if (first === 'EXACT' || first === second) return second;
  if (second === 'EXACT') return first;
  if (first === 'CLOSE') return second;
  return second === 'CLOSE' ? first : null;
}

/** The strength of relations, the strongest first. BROADER and NARROWER are equally strong. */
const strengths: Readonly<Record<Relation, number>> = { EXACT: 0, CLOSE: 1, BROADER: 2, NARROWER: 2, RELATED: 3 };

/** Negative if the first relation is stronger. */
export const compareStrength = (one: Relation, other: Relation): number => strengths[one] - strengths[other];
