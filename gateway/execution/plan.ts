import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

import { createFetchValidation, type FetchValidationContext } from '../validation/fetch-validation.js';
import { batchFetches, type BatchedFetch } from './batched-fetch.js';
import type { Fetch } from './fetch.js';
import { removeAbsentFields } from './remove-absent-fields.js';
import { toBodyPrefix } from './request-body.js';
import type { FetchPath } from './result-tree.js';

/** What plans are compiled with. */
export interface PlanContext extends FetchValidationContext {
  /** The coordinates of the fields that a subgraph lacks, by its name. */
  readonly absentFields: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A compiled query plan. */
export type PlanStep =
  | { readonly kind: 'fetch'; readonly fetch: Fetch }
  | { readonly kind: 'batch'; readonly batch: BatchedFetch }
  | { readonly kind: 'byType'; readonly byType: FetchesByType }
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly PlanStep[] };

/** Parallel fetches that complete objects at one path, most of them those of one type: one for each country. */
export interface FetchesByType {
  readonly path: FetchPath;
  readonly fetches: readonly {
    readonly fetch: Fetch;
    /** The types of the objects that it completes. Null: of any type. */
    readonly types: readonly string[] | null;
  }[];
}

/** Compiles a plan of Apollo's planner, to be run many times. Throws on features that no operation of this graph needs. */
export function compilePlan({ node }: QueryPlan, context: PlanContext): PlanStep {
  if (!node) return { kind: 'sequence', steps: [] };
  if (node.kind === 'Subscription') throw new Error('Subscriptions are not supported.');
  return compileNode(node, [], context);
}

function compileNode(node: PlanNode, path: FetchPath, context: PlanContext): PlanStep {
  const compile = (child: PlanNode, at: FetchPath = path): PlanStep => compileNode(child, at, context);
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((child) => compile(child)) };
    case 'Parallel':
      return {
        kind: 'parallel',
        steps: groupByPath(
          batchBySubgraph(
            node.nodes.map((child) => compile(child)),
            context,
          ),
        ),
      };
    case 'Flatten':
      return compile(node.node, [...path, ...node.path.map(String)]);
    case 'Fetch':
      return { kind: 'fetch', fetch: compileFetch(node, path, context) };
    case 'Condition':
      throw new Error('The planner gets no @skip and no @include: they are applied before.');
    case 'Defer':
      throw new Error('@defer is not supported.');
  }
}

/** Sends parallel fetches from one subgraph in one request: a request costs both sides more than most of its content. */
function batchBySubgraph(steps: readonly PlanStep[], { memory }: PlanContext): PlanStep[] {
  const fetches = steps.flatMap((step) => (step.kind === 'fetch' ? [step.fetch] : []));
  const services = [...new Set(fetches.map(({ service }) => service))];
  return [
    ...steps.filter(({ kind }) => kind !== 'fetch'),
    ...services.map((service): PlanStep => {
      const ofService = fetches.filter((fetch) => fetch.service === service);
      const [fetch] = ofService;
      return fetch && ofService.length === 1
        ? { kind: 'fetch', fetch }
        : { kind: 'batch', batch: batchFetches(service, ofService, memory) };
    }),
  ];
}

/** Groups fetches at the same path, so that the objects at it are looked at once and not by the fetch of each country. */
function groupByPath(steps: readonly PlanStep[]): PlanStep[] {
  const groups = new Map<string, Fetch[]>();
  for (const step of steps) {
    if (step.kind !== 'fetch' || !step.fetch.requires) continue;
    const key = step.fetch.path.join('.');
    groups.set(key, [...(groups.get(key) ?? []), step.fetch]);
  }
  const grouped = [...groups.values()].filter(({ length }) => length > 1);
  const isGrouped = (step: PlanStep): boolean =>
    step.kind === 'fetch' && grouped.some((fetches) => fetches.includes(step.fetch));
  return [
    ...steps.filter((step) => !isGrouped(step)),
    ...grouped.map((fetches): PlanStep => ({
      kind: 'byType',
      byType: {
        path: fetches[0]?.path ?? [],
        fetches: fetches.map((fetch) => ({ fetch, types: findRequiredTypes(fetch) })),
      },
    })),
  ];
}

/** The types of the objects for which a fetch has representations. Null: of any type. */
export function findRequiredTypes({ requires }: Fetch): readonly string[] | null {
  const types = (requires ?? []).map((selection) =>
    selection.kind === 'InlineFragment' ? selection.typeCondition : undefined,
  );
  return types.every((type) => type !== undefined) ? types : null;
}

function compileFetch(node: FetchNode, path: FetchPath, context: PlanContext): Fetch {
  if (node.contextRewrites?.length) throw new Error('@fromContext is not supported.');
  const { operation, variables } = toSubgraphQuery(node, context);
  return {
    service: node.serviceName,
    path,
    query: operation,
    bodyPrefix: toBodyPrefix(operation),
    variables,
    requires: node.requires ?? null,
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
    validation: createFetchValidation(node.serviceName, operation, context),
  };
}

function toSubgraphQuery({ serviceName, operation, variableUsages }: FetchNode, context: PlanContext) {
  const query = { operation, variables: variableUsages ?? [] };
  const absent = context.absentFields.get(serviceName);
  return absent ? removeAbsentFields(query, context.findSubgraphTypes(serviceName).schema, absent) : query;
}
