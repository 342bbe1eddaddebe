import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** The names of the fields that a document selects, by the name of the type on which it selects them. */
export type SelectedFields = ReadonlyMap<string, ReadonlySet<string>>;

/** Collects the fields that a document selects anywhere, whatever `@skip` and `@include` say. */
export function collectSelectedFields(schema: GraphQLSchema, document: DocumentNode): SelectedFields {
  const fields = new Map<string, Set<string>>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getParentType()?.name ?? '';
        fields.set(type, (fields.get(type) ?? new Set()).add(name.value));
      },
    }),
  );
  return fields;
}
