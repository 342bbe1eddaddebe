import { Kind, parse } from 'graphql';

import { createResponseNames } from './response-names.js';

/** The names under which the fields of a selection are fetched, and the client's names of these. */
function translate(fields: readonly string[], withArguments: readonly string[], selection: string) {
  const names = createResponseNames({ fields, withArguments });
  const [operation] = parse(`{ ${selection} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no operation.');
  const fetched = operation.selectionSet.selections.map((field) =>
    field.kind === Kind.FIELD ? names.toFetched(field) : '',
  );
  return { fetched, client: fetched.map(names.toClient) };
}

it('names that the planner or JavaScript may use get a suffix, and different names stay different', () => {
  const selection =
    'id name: id id: name id_alias: name id_alias_alias: x a_alias: x constructor: x __typename: x price toString a__alias_0: x';
  expect(translate(['id', 'name', 'price'], ['price'], selection)).toEqual({
    fetched: [
      ...['id', 'name_alias', 'id_alias', 'id_alias_alias', 'id_alias_alias_alias', 'a_alias'],
      ...['constructor_alias', '__typename_alias', 'price_alias', 'toString', 'a__alias_0_alias'],
    ],
    client: [
      ...['id', 'name', 'id', 'id_alias', 'id_alias_alias', 'a_alias'],
      ...['constructor', '__typename', 'price', 'toString', 'a__alias_0'],
    ],
  });
});

it('no field has the suffix', () => {
  expect(translate(['id', 'id_alias', 'x_alias_'], [], 'id: x id_alias id_alias: x').fetched).toEqual([
    'id_alias__',
    'id_alias',
    'id_alias_alias__',
  ]);
});

it('a name may be as long as an operation', () => {
  const long = `id${'_alias'.repeat(15_000)}`;
  expect(translate(['id'], [], `${long}: x`).client).toEqual([long]);
});
