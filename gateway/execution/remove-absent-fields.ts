import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A query to a subgraph, and the variables that it uses. */
interface SubgraphQuery {
  readonly operation: string;
  readonly variables: readonly string[];
}

/**
 * Removes from a query what the subgraph does not have, because it implements an earlier version of the contract: these fields
 * are null in the response. It may be no valid query otherwise, so that variables and fragments that nothing uses any more are
 * removed too.
 *
 * @param schema of the subgraph according to the supergraph, which has these fields.
 * @param absent the coordinates of fields.
 */
export function removeAbsentFields(
  query: SubgraphQuery,
  schema: GraphQLSchema,
  absent: ReadonlySet<string>,
): SubgraphQuery {
  const typeInfo = new TypeInfo(schema);
  const before = parse(query.operation, { noLocation: true });
  const document = visit(
    before,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter: ({ name }) => (absent.has(`${typeInfo.getParentType()?.name ?? ''}.${name.value}`) ? null : undefined),
      },
      SelectionSet: { leave: (set) => (set.selections.length === 0 ? onlyTypename : undefined) },
    }),
  );
  // A document without a change is the same object.
  if (document === before) return query;
  const used = { fragments: new Set<string>(), variables: new Set<string>() };
  visit(document, {
    FragmentSpread: ({ name }) => void used.fragments.add(name.value),
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.variables.add(name.value),
  });
  const remaining: DocumentNode = visit(document, {
    FragmentDefinition: ({ name }) => (used.fragments.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.variables.has(variable.name.value) ? undefined : null),
  });
  return { operation: print(remaining), variables: query.variables.filter((name) => used.variables.has(name)) };
}

const onlyTypename: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
