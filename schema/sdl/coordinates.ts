import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isUnionType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Derives something from the fields that an operation selects, once per operation. It is cached for as long as the document is.
 *
 * @param decide is given the coordinates.
 */
export function byCoordinates<Decision extends boolean | number>(
  decide: (coordinates: ReadonlySet<string>) => Decision,
): (schema: GraphQLSchema, document: DocumentNode, operationName: string | null) => Decision {
  const cache = new WeakMap<DocumentNode, Map<string | null, Decision>>();
  return (schema, document, operationName) => {
    const decided = cache.get(document) ?? new Map<string | null, Decision>();
    cache.set(document, decided);
    const decision = decided.get(operationName) ?? decide(collectCoordinates(schema, document, operationName));
    decided.set(operationName, decision);
    return decision;
  };
}

/**
 * The schema coordinates (`Catalogue.changes`) of the fields that an operation selects. A field of a type counts under the
 * name of each interface too that has it. Fragments count whichever operation of the document uses them.
 */
export function collectCoordinates(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): ReadonlySet<string> {
  const found = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: ({ name }) => (operationName === null || name?.value === operationName ? undefined : false),
      Field: ({ name }) => {
        for (const type of withInterfaces(typeInfo.getParentType())) found.add(`${type}.${name.value}`);
      },
    }),
  );
  return found;
}

function withInterfaces(type: GraphQLCompositeType | null | undefined): readonly string[] {
  if (!type) return [];
  return isUnionType(type) ? [type.name] : [type.name, ...type.getInterfaces().map(({ name }) => name)];
}
