import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isUnionType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const cache = new WeakMap<DocumentNode, Map<string | null, ReadonlySet<string>>>();

/**
 * The schema coordinates (`Catalogue.changes`) of the fields that an operation selects. A field of a type counts under the
 * name of each interface too that has it. Fragments count whichever operation of the document uses them.
 *
 * @param document is of this schema. What was found for it is remembered for as long as the document is.
 */
export function collectCoordinates(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): ReadonlySet<string> {
  const byName = cache.get(document) ?? new Map<string | null, ReadonlySet<string>>();
  cache.set(document, byName);
  const found = byName.get(operationName) ?? collect(schema, document, operationName);
  byName.set(operationName, found);
  return found;
}

/**
 * Derives something from the fields that an operation selects, once per operation.
 *
 * @param decide is given the coordinates.
 */
export function byCoordinates<Decision extends boolean | number>(
  decide: (coordinates: ReadonlySet<string>) => Decision,
): (schema: GraphQLSchema, document: DocumentNode, operationName: string | null) => Decision {
  const decided = new WeakMap<ReadonlySet<string>, Decision>();
  return (schema, document, operationName) => {
    const coordinates = collectCoordinates(schema, document, operationName);
    const decision = decided.get(coordinates) ?? decide(coordinates);
    decided.set(coordinates, decision);
    return decision;
  };
}

function collect(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): ReadonlySet<string> {
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
