import { type DirectiveNode, type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * Leaves out operations that select nothing new. What remains has all that the operations have: each field of each type, each type in
 * which a fragment selects, and each directive and alias on the fields of a type.
 */
export function representativeOperations<Operation extends { readonly query: string }>(
  schema: GraphQLSchema,
  operations: readonly Operation[],
): Operation[] {
  let left = operations.map((operation) => ({ operation, features: featuresOf(schema, operation.query) }));
  const found: Operation[] = [];
  for (;;) {
    const [first, ...others] = left.sort((one, other) => other.features.size - one.features.size);
    if (!first || first.features.size === 0) return found;
    found.push(first.operation);
    for (const { features } of others) for (const feature of first.features) features.delete(feature);
    left = others;
  }
}

function featuresOf(schema: GraphQLSchema, query: string): Set<string> {
  const features = new Set<string>();
  const info = new TypeInfo(schema);
  const add = (feature: string, directives: readonly DirectiveNode[] = []): void => {
    const type = info.getParentType()?.name ?? '';
    features.add(`${type} ${feature}`);
    for (const { name } of directives) features.add(`${type} @${name.value}`);
  };
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field: ({ name, alias, directives }) => {
        add(name.value, directives);
        if (alias) add('alias');
      },
      InlineFragment: ({ typeCondition, directives }) => {
        add(`... on ${typeCondition?.name.value ?? ''}`, directives);
      },
      FragmentSpread: ({ directives }) => {
        add('...', directives);
      },
    }),
  );
  return features;
}
