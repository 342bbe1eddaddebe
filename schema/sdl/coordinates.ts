import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isUnionType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const known = new WeakMap<DocumentNode, Map<string | null, ReadonlySet<string>>>();

/**
 * The schema coordinates (`Catalogue.changes`) of the fields that an operation asks for. A field of a type counts under the
 * name of each interface too that has it. Fragments count whichever operation of the document uses them.
 *
 * @param document is of this schema. What was found for it is remembered for as long as the document is.
 */
export function collectCoordinates(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): ReadonlySet<string> {
  const byName = known.get(document) ?? new Map<string | null, ReadonlySet<string>>();
  known.set(document, byName);
  const found = byName.get(operationName) ?? collect(schema, document, operationName);
  byName.set(operationName, found);
  return found;
}

/**
 * Decides something by the fields that an operation asks for. It is the same every time, so it is decided once.
 *
 * @param decide is given the coordinates.
 */
export function byCoordinates<Decision extends boolean | number>(
  decide: (asked: ReadonlySet<string>) => Decision,
): (schema: GraphQLSchema, document: DocumentNode, operationName: string | null) => Decision {
  const decided = new WeakMap<ReadonlySet<string>, Decision>();
  return (schema, document, operationName) => {
    const asked = collectCoordinates(schema, document, operationName);
    const decision = decided.get(asked) ?? decide(asked);
    decided.set(asked, decision);
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
