import { buildSchema } from 'graphql';

import { createSchemaPrinter } from './print-schema.js';

it('the schema printer prints again only when another schema is served', () => {
  let schema = buildSchema('type Query { one: Int }');
  const read = jest.spyOn(schema, 'getTypeMap');
  const print = createSchemaPrinter(() => schema);
  expect([String(print()), String(print())]).toEqual(Array(2).fill('type Query {\n  one: Int\n}'));
  expect(read).toHaveBeenCalledTimes(1);
  schema = buildSchema('type Query { two: Int }');
  expect(String(print())).toBe('type Query {\n  two: Int\n}');
});
