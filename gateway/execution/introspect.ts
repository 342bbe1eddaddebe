import {
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

import type { Data } from './result-tree.js';

/** The values of introspection fields, by the client's names, and the errors of those that are null. */
export interface Introspected {
  readonly data: Data;
  readonly errors: readonly GraphQLError[];
}

/** Executes the introspection fields of an operation. A subgraph knows its own schema only, and not the composed one. */
export function introspect(
  schema: GraphQLSchema,
  {
    operation,
    fragments,
    introspection,
    variables,
  }: {
    readonly operation: OperationDefinitionNode;
    readonly fragments: readonly FragmentDefinitionNode[];
    readonly introspection: readonly FieldNode[];
    readonly variables: Readonly<Record<string, unknown>>;
  },
): Introspected {
  const introspectionOperation = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET as const, selections: introspection },
  };
  const { data, errors } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions: [introspectionOperation, ...fragments] },
    variableValues: variables,
  });
  return { data: data ?? {}, errors: errors ?? [] };
}
