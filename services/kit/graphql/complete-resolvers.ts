import type { GraphQLScalarType } from 'graphql';

// A contract field that is neither a property of its parent nor has a resolver would be null for ever, or fail at every request.
// These types make it a compile error. They take the types that `npm run generate` makes, in which every resolver is required.

/** What a resolver returns. */
type ResultOf<FieldResolver> = FieldResolver extends (...args: never[]) => infer Result ? Result : never;

/** Whether GraphQL's default resolver finds the field: the parent has a property of its name, and of a type that the schema allows. */
type HasProperty<Parent, Field, FieldResolver> = string extends keyof Parent
  ? false // A root type, which has no parent.
  : Field extends keyof Parent
    ? Parent[Field] extends ResultOf<FieldResolver>
      ? true
      : false
    : false;

/** The fields of a type that the default resolver finds. */
type DefaultField<Fields, Parent> = {
  [Field in keyof Fields]: HasProperty<Parent, Field, Fields[Field]> extends true ? Field : never;
}[keyof Fields];

/**
 * The resolvers of a type: required where its parent lacks the field, optional where the parent has it.
 *
 *     type Town { id: ID!  mayor: String }, resolved from rows of { id: string }:
 *     const town: ResolversOf<'Town'> = {};
 *     → Property 'mayor' is missing in type '{}' but required in type …
 */
export type RequiredResolvers<Fields, Parent> = Omit<Fields, DefaultField<Fields, Parent>> &
  Partial<Pick<Fields, DefaultField<Fields, Parent>>>;

/** The types of a schema whose every field the default resolver finds; also scalars, and interfaces, which have no fields of their own. */
type DefaultType<Types, Parents> = {
  [Type in keyof Types]: Types[Type] extends GraphQLScalarType | { readonly __resolveType: unknown }
    ? Type
    : Type extends keyof Parents
      ? Partial<Types[Type]> extends RequiredResolvers<Types[Type], Parents[Type]>
        ? Type
        : never
      : never;
}[keyof Types];

/** The resolvers of a schema: of every type with a field that the default resolver does not find. */
export type CompleteResolvers<Types, Parents> = {
  readonly [Type in Exclude<keyof Types & keyof Parents, DefaultType<Types, Parents>>]: RequiredResolvers<
    Types[Type],
    Parents[Type]
  >;
};
