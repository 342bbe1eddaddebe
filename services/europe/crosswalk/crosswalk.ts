import { compareStrength, composeRelations, invertRelation, type Relation } from './relations.js';

/** A code of a code list, or a topic: see `topicScheme`. */
export interface Concept {
  readonly scheme: string;
  readonly notation: string;
}

/** The scheme of the topics of `search/topics.csv`, in which the code lists meet. */
export const topicScheme = 'TOPIC';

/** The scheme of what texts are about: the last step of a path that leads to a need by its statement. */
export const textScheme = 'TEXT';

/** A concept as one text. A scheme contains no colon. */
export const conceptKey = ({ scheme, notation }: Concept): string => `${scheme}:${notation}`;

/** Who maps a code, in the order of precedence: the country whose code it is, Europe, or the words of its labels. */
export const mappingOrigins = ['COUNTRY', 'EUROPE', 'TEXT'] as const;
export type MappingOrigin = (typeof mappingOrigins)[number];

/** A statement of how two concepts are related. */
export interface Mapping {
  readonly from: Concept;
  readonly to: Concept;
  readonly relation: Relation;
  readonly origin: MappingOrigin;
}

/** A mapping as a path uses it: in its own direction, or inverted. */
export interface Step<M extends Mapping = Mapping> {
  readonly from: Concept;
  readonly to: Concept;
  readonly relation: Relation;
  readonly isInverted: boolean;
  readonly mapping: M;
}

/** A concept that a path of mappings leads to. */
export interface Match<M extends Mapping = Mapping> {
  readonly from: Concept;
  readonly to: Concept;
  /** What follows from all steps of the path. */
  readonly relation: Relation;
  /** One or two steps; none if it is the concept itself. */
  readonly path: readonly Step<M>[];
  /** The step with the weakest relation, the first of them; null if there is none. */
  readonly weakestStep: Step<M> | null;
}

/** The most mappings of a path: what is further away has little to do with where it began. */
export const maxSteps = 2;

/**
 * The mappings that hold. Where a code's own country maps it to a scheme, what Europe and what its label say about it in this
 * scheme is left out; where Europe maps it, what its label says. The topics are one scheme.
 */
export function withPrecedence<M extends Mapping>(mappings: readonly M[]): M[] {
  const keyOf = ({ from, to }: M): string => `${conceptKey(from)} ${to.scheme}`;
  const rankOf = ({ origin }: M): number => mappingOrigins.indexOf(origin);
  const best = new Map<string, number>();
  for (const mapping of mappings)
    best.set(keyOf(mapping), Math.min(best.get(keyOf(mapping)) ?? Infinity, rankOf(mapping)));
  return mappings.filter((mapping) => best.get(keyOf(mapping)) === rankOf(mapping));
}

/** What the mappings lead to from a concept: per step, by the concept where it begins. */
export type StepsByConcept<M extends Mapping> = ReadonlyMap<string, readonly Step<M>[]>;

/** The steps that mappings allow, in both directions. Only those of the highest precedence are used. */
export function toSteps<M extends Mapping>(mappings: readonly M[]): StepsByConcept<M> {
  const steps = new Map<string, Step<M>[]>();
  const add = (step: Step<M>): void => {
    const key = conceptKey(step.from);
    const known = steps.get(key);
    if (known) known.push(step);
    else steps.set(key, [step]);
  };
  for (const mapping of withPrecedence(mappings)) {
    const { from, to, relation } = mapping;
    add({ from, to, relation, isInverted: false, mapping });
    add({ from: to, to: from, relation: invertRelation(relation), isInverted: true, mapping });
  }
  return steps;
}

/**
 * Finds what a concept is related to, itself included, each with the best path: of the strongest relation, then the shortest, then
 * of the highest precedence. The strongest come first.
 */
export function findMatches<M extends Mapping>(from: Concept, steps: StepsByConcept<M>): Match<M>[] {
  const itself: Match<M> = { from, to: from, relation: 'EXACT', path: [], weakestStep: null };
  const best = new Map([[conceptKey(from), itself]]);
  let ends = [itself];
  for (let length = 0; length < maxSteps; length += 1) {
    ends = ends.flatMap((match) => (steps.get(conceptKey(match.to)) ?? []).flatMap((step) => extendMatch(match, step)));
    for (const match of ends) {
      const key = conceptKey(match.to);
      const known = best.get(key);
      if (!known || compareMatches(match, known) < 0) best.set(key, match);
    }
  }
  return [...best.values()].sort(compareMatches);
}

/** The path with a further step: none if nothing follows from both, or if it leads back. */
export function extendMatch<M extends Mapping>(
  { from, relation, path, weakestStep }: Match<M>,
  step: Step<M>,
): Match<M>[] {
  const composed = path.length === 0 ? step.relation : composeRelations(relation, step.relation);
  if (composed === null || conceptKey(step.to) === conceptKey(from)) return [];
  const isWeaker = weakestStep === null || compareStrength(step.relation, weakestStep.relation) > 0;
  return [{ from, to: step.to, relation: composed, path: [...path, step], weakestStep: isWeaker ? step : weakestStep }];
}

/** Negative if the first match is better. Never zero for different paths, so that the result does not depend on the order of mappings. */
function compareMatches(one: Match, other: Match): number {
  return (
    compareStrength(one.relation, other.relation) ||
    one.path.length - other.path.length ||
    lowestPrecedence(one) - lowestPrecedence(other) ||
    compareTexts(pathKey(one), pathKey(other))
  );
}

const lowestPrecedence = ({ path }: Match): number =>
  Math.max(...path.map(({ mapping }) => mappingOrigins.indexOf(mapping.origin)));

const pathKey = ({ to, path }: Match): string =>
  JSON.stringify([conceptKey(to), ...path.map((step) => [conceptKey(step.to), step.relation, step.isInverted])]);

/** By code units, as PostgreSQL compares ids: the same on every machine. */
const compareTexts = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The best match of each concept to which any of these lists leads, the strongest first. */
export function mergeMatches<M extends Mapping>(lists: readonly (readonly Match<M>[])[]): Match<M>[] {
  const best = new Map<string, Match<M>>();
  for (const match of lists.flat().sort(compareMatches))
    if (!best.has(conceptKey(match.to))) best.set(conceptKey(match.to), match);
  return [...best.values()];
}

/** How many concepts are related in which way. Never one number: what is close may be something else. */
export function countByRelation(matches: readonly Pick<Match, 'relation'>[]): Readonly<Record<Relation, number>> {
  const counts = { EXACT: 0, CLOSE: 0, BROADER: 0, NARROWER: 0, RELATED: 0 };
  for (const { relation } of matches) counts[relation] += 1;
  return counts;
}
