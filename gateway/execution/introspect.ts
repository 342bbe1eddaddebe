import { executeSync, type FieldNode, type GraphQLError, Kind } from 'graphql';

import type { OperationContext } from '../../services/kit/graphql/selection.js';
import type { Data } from './result-tree.js';

/** The values of introspection fields, by the client's names, and the errors of those that are null. */
export interface Introspected {
  readonly data: Data;
  readonly errors: readonly GraphQLError[];
}

/** Executes the introspection fields of an operation. A subgraph knows its own schema only, and not the composed one. */
export function introspect(
  { schema, operation, fragments }: OperationContext,
  introspection: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
): Introspected {
  const introspectionOperation = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET as const, selections: introspection },
  };
  const { data, errors } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions: [introspectionOperation, ...fragments.values()] },
    variableValues: variables,
  });
  return { data: data ?? {}, errors: errors ?? [] };
}
