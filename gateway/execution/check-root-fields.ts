import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
} from 'graphql';

import { collectFields } from '../../services/kit/graphql/selection.js';
import type { ResponseNames } from './response-names.js';

/** A planned operation. */
export interface OperationToCheck {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: readonly FragmentDefinitionNode[];
  /** The values of the variables in `@skip` and `@include` for which it is planned. */
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly names: Pick<ResponseNames, 'toFetched'>;
}

/**
 * Checks that a plan fetches each root field of the operation. Of a field that no subgraph can resolve, the planner returns a plan
 * without it, and it would be null without an error.
 *
 * @throws Error when a field is missing
 */
export function checkRootFields(
  { schema, operation, fragments, conditions, names }: OperationToCheck,
  { node }: QueryPlan,
): void {
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const named = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const selected = collectFields({ schema, operation, fragments: named, variables: conditions }, root, [
    operation.selectionSet,
  ]);
  const fetched = new Set(listRootFetches(node).flatMap(listNames));
  for (const [field] of selected.values())
    if (!field.name.value.startsWith('__') && !fetched.has(names.toFetched(field)))
      throw new Error(`The planner found no way to resolve ${root.name}.${field.name.value}.`);
}

const listRootFetches = (node: QueryPlan['node'] | PlanNode): readonly FetchNode[] => {
  switch (node?.kind) {
    case 'Fetch':
      return node.requires ? [] : [node];
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(listRootFetches);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap(listRootFetches);
    default:
      return [];
  }
};

function listNames({ operation }: FetchNode): readonly string[] {
  const namesIn = (selections: readonly SelectionNode[]): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      return selection.kind === Kind.INLINE_FRAGMENT ? namesIn(selection.selectionSet.selections) : [];
    });
  return parse(operation, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? namesIn(definition.selectionSet.selections) : [],
  );
}
