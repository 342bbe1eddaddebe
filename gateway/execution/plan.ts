import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

import { batchFetches, type BatchedFetch } from './batched-fetch.js';
import type { Fetch } from './fetch.js';
import { toBodyPrefix } from './request-body.js';
import type { FetchPath } from './result-tree.js';

/** What is to be done, in order. */
export type PlanStep =
  | { readonly kind: 'fetch'; readonly fetch: Fetch }
  | { readonly kind: 'joint'; readonly joint: BatchedFetch }
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly PlanStep[] }
  | { readonly kind: 'condition'; readonly variable: string; readonly then: PlanStep; readonly otherwise: PlanStep };

const emptyStep: PlanStep = { kind: 'sequence', steps: [] };

/** Prepares a plan of Apollo's planner for being run many times. Throws on what no operation of this graph can need. */
export function compilePlan({ node }: QueryPlan): PlanStep {
  if (!node) return emptyStep;
  if (node.kind === 'Subscription') throw new Error('There are no subscriptions here.');
  return compileNode(node, []);
}

function compileNode(node: PlanNode, path: FetchPath): PlanStep {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((child) => compileNode(child, path)) };
    case 'Parallel':
      return { kind: 'parallel', steps: batchBySubgraph(node.nodes.map((child) => compileNode(child, path))) };
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)]);
    case 'Fetch':
      return { kind: 'fetch', fetch: compileFetch(node, path) };
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        then: node.ifClause ? compileNode(node.ifClause, path) : emptyStep,
        otherwise: node.elseClause ? compileNode(node.elseClause, path) : emptyStep,
      };
    case 'Defer':
      throw new Error('There is no @defer here.');
  }
}

/** What is asked of one subgraph at one time is asked at once: a request costs both sides more than most of what is in it. */
function batchBySubgraph(steps: readonly PlanStep[]): PlanStep[] {
  const fetches = steps.flatMap((step) => (step.kind === 'fetch' ? [step.fetch] : []));
  const services = [...new Set(fetches.map(({ service }) => service))];
  return [
    ...steps.filter(({ kind }) => kind !== 'fetch'),
    ...services.map((service): PlanStep => {
      const together = fetches.filter((fetch) => fetch.service === service);
      const [fetch] = together;
      return fetch && together.length === 1
        ? { kind: 'fetch', fetch }
        : { kind: 'joint', joint: batchFetches(service, together) };
    }),
  ];
}

function compileFetch(node: FetchNode, path: FetchPath): Fetch {
  if (node.contextRewrites?.length) throw new Error('There is no @fromContext here.');
  return {
    service: node.serviceName,
    path,
    query: node.operation,
    bodyPrefix: toBodyPrefix(node.operation),
    variables: node.variableUsages ?? [],
    requires: node.requires ?? null,
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
  };
}
