import type { QueryPlan } from '@apollo/query-planner';

/** What a supergraph says, as the thread that plans reads it. */
export interface SupergraphFacts {
  /** The schema that clients see, as SDL. */
  readonly apiSdl: string;
  /** Where each subgraph is, by its name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** The object types that each interface and union may be, hidden ones included. */
  readonly possibleTypes: Readonly<Record<string, readonly string[]>>;
  /** The one subgraph without which an object of this type cannot be: others only name it by its key. */
  readonly owners: Readonly<Record<string, string>>;
}

/** Asks for the plan of an operation: the only one in `document`. */
export interface PlanRequest {
  readonly id: number;
  readonly document: string;
}

/** What the thread answers: once what it read, then a plan for every question. */
export type PlannerMessage =
  | { readonly kind: 'ready'; readonly facts: SupergraphFacts }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'planned'; readonly id: number; readonly plan: QueryPlan }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string; readonly isTooComplex: boolean };
