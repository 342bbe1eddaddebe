import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

import { collectFields, type OperationContext } from '../../services/kit/graphql/selection.js';
import type { ResponseNames } from './response-names.js';
import { findRootFields } from './root-fields.js';

/**
 * Checks that a plan fetches each root field of the operation. Of a field that no subgraph can resolve, the planner returns a plan
 * without it, and it would be null without an error.
 *
 * @throws Error when a field is missing
 */
export function checkRootFields(
  context: OperationContext,
  { toFetched }: Pick<ResponseNames, 'toFetched'>,
  { node }: QueryPlan,
): void {
  const { schema, operation } = context;
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const selected = collectFields(context, root, [operation.selectionSet]);
  const fetched = new Set(listRootFetches(node).flatMap((fetch) => findRootFields(fetch.operation)));
  for (const [field] of selected.values())
    if (!field.name.value.startsWith('__') && !fetched.has(toFetched(field)))
      throw new Error(`The planner found no way to resolve ${root.name}.${field.name.value}.`);
}

const listRootFetches = (node: QueryPlan['node'] | PlanNode): readonly FetchNode[] => {
  switch (node?.kind) {
    case 'Fetch':
      return node.requires ? [] : [node];
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(listRootFetches);
    default:
      return [];
  }
};
