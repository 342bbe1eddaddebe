import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';

import type { Data, FetchPath } from './tree.js';

/** Whether an object is of a type, an interface or a union. */
export type IsOfType = (object: Data, type: string) => boolean;

/** One question to one subgraph, everything prepared that does not depend on the request. */
export interface Fetch {
  readonly service: string;
  /** Where its answer belongs in the whole. Empty: it fills root fields. */
  readonly path: FetchPath;
  readonly query: string;
  /** The body of the request up to the values of its variables. */
  readonly bodyStart: string;
  /** The names of the client's variables that it uses. */
  readonly variables: readonly string[];
  /** How the objects that it completes are named to the subgraph. Null: it asks for fields of the root. */
  readonly requires: readonly QueryPlanSelectionNode[] | null;
  readonly inputRewrites: readonly FetchDataRewrite[];
  readonly outputRewrites: readonly FetchDataRewrite[];
}

/** What is to be done, in order. */
export type Step =
  | { readonly kind: 'fetch'; readonly fetch: Fetch }
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'condition'; readonly variable: string; readonly then: Step; readonly otherwise: Step };

const nothing: Step = { kind: 'sequence', steps: [] };

/** Prepares a plan of Apollo's planner for being run many times. Throws on what no operation of this graph can need. */
export function compilePlan({ node }: QueryPlan): Step {
  if (!node) return nothing;
  if (node.kind === 'Subscription') throw new Error('There are no subscriptions here.');
  return compileNode(node, []);
}

function compileNode(node: PlanNode, path: FetchPath): Step {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return {
        kind: node.kind === 'Sequence' ? 'sequence' : 'parallel',
        steps: node.nodes.map((child) => compileNode(child, path)),
      };
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)]);
    case 'Fetch':
      return { kind: 'fetch', fetch: compileFetch(node, path) };
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        then: node.ifClause ? compileNode(node.ifClause, path) : nothing,
        otherwise: node.elseClause ? compileNode(node.elseClause, path) : nothing,
      };
    case 'Defer':
      throw new Error('There is no @defer here.');
  }
}

function compileFetch(node: FetchNode, path: FetchPath): Fetch {
  if (node.contextRewrites?.length) throw new Error('There is no @fromContext here.');
  return {
    service: node.serviceName,
    path,
    query: node.operation,
    bodyStart: `{"query":${JSON.stringify(node.operation)},"variables":{`,
    variables: node.variableUsages ?? [],
    requires: node.requires ?? null,
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
  };
}

/** The body of a fetch's request. */
export function bodyOf(
  { bodyStart, variables, requires }: Fetch,
  values: Readonly<Record<string, unknown>>,
  representations: readonly string[],
): string {
  const given: string[] = [];
  for (const name of variables)
    if (values[name] !== undefined) given.push(`${JSON.stringify(name)}:${JSON.stringify(values[name])}`);
  if (requires) given.push(`"representations":[${representations.join(',')}]`);
  return `${bodyStart}${given.join(',')}}}`;
}
