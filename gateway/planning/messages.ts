import type { QueryPlan } from '@apollo/query-planner';

import type { PlannerNames } from '../execution/response-names.js';

/** What the planner thread reads from a supergraph. */
export interface SupergraphFacts {
  /** The schema for clients, as SDL. */
  readonly apiSdl: string;
  /** The URL of each subgraph, by its name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** The schema of each subgraph as SDL, by its name. */
  readonly subgraphSdls: Readonly<Record<string, string>>;
  /** The possible object types of each interface and union, including those that clients do not see. */
  readonly possibleTypes: Readonly<Record<string, readonly string[]>>;
  /** The one subgraph that owns the objects of a type: others return stubs with the key only. */
  readonly owners: Readonly<Record<string, string>>;
  /** The interfaces that are an object type in some subgraph, by `@interfaceObject`: it does not know the types of the objects. */
  readonly interfaceObjects: readonly string[];
  /** The names of fields that the planner may add to an operation. */
  readonly plannerNames: PlannerNames;
  /** The coordinates of the fields that a subgraph of an earlier contract lacks, by its name. */
  readonly absentFields: Readonly<Record<string, readonly string[]>>;
  /** The subgraphs that resolve a field of an object type, by its coordinate (`Solution.name`). */
  readonly resolvers: Readonly<Record<string, readonly string[]>>;
  /** The possible object types of each interface and union in each subgraph, by the names of the subgraphs. */
  readonly possibleTypesIn: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What a planner thread is started with. */
export interface PlannerThreadData {
  readonly supergraphSdl: string;
  /** False if another thread has read the facts and found that the supergraph can be used: then it only plans. */
  readonly readsFacts: boolean;
}

/** Requests a plan for the only operation in `document`. */
export interface PlanRequest {
  readonly id: number;
  readonly document: string;
  /** Whether it takes so long that it is planned with a lower priority than all else that the gateway does. */
  readonly isLarge: boolean;
}

/** The thread's messages: first what it read or why it cannot, then the result of each request. */
export type PlannerMessage =
  | { readonly kind: 'ready'; readonly facts: SupergraphFacts | null }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'planned'; readonly id: number; readonly plan: QueryPlan }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string; readonly isTooComplex: boolean };
