import type { CompleteResolvers, RequiredResolvers } from './complete-resolvers.js';

// Checked by the compiler: a constant of a wrong value does not compile.

interface TownRow {
  readonly id: string;
  readonly area: string | null;
  readonly twin: { readonly name: string } | null;
}
type Resolver<Result, Parent> = (parent: Parent) => Result | Promise<Result>;
interface TownResolvers {
  readonly id: Resolver<string, TownRow>;
  readonly area: Resolver<string, TownRow>;
  readonly mayor: Resolver<string | null, TownRow>;
  readonly twin: Resolver<{ readonly name: string; readonly country: string } | null, TownRow>;
}
interface AllTypes {
  readonly Town: TownResolvers;
  readonly Twin: { readonly name: Resolver<string, { readonly name: string }> };
  readonly Query: { readonly town: Resolver<TownRow | null, unknown> };
}
interface Parents {
  readonly Town: TownRow;
  readonly Twin: { readonly name: string };
  readonly Query: Record<PropertyKey, never>;
}

type RequiredKey<Fields> = {
  [Field in keyof Fields]-?: Partial<Pick<Fields, Field>> extends Pick<Fields, Field> ? never : Field;
}[keyof Fields];
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;

it('requires a resolver for a field that its parent lacks, or has with a type that the schema does not allow', () => {
  const isSame: Same<RequiredKey<RequiredResolvers<TownResolvers, TownRow>>, 'area' | 'mayor' | 'twin'> = true;
  expect(isSame).toBe(true);
});

it('requires every type that has such a field, and every field of a root type', () => {
  const isSame: Same<RequiredKey<CompleteResolvers<AllTypes, Parents>>, 'Town' | 'Query'> = true;
  expect(isSame).toBe(true);
});
