import { getOperationAST, parse } from 'graphql';

import { resolveConditions } from './conditions.js';

function write(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return { key: 'k', document, operation };
}

it('resolveConditions returns one operation for each combination of conditions, with their defaults', () => {
  const operation = write(`
    query ($yes: Boolean!, $no: Boolean = false, $on: Boolean = true, $id: ID) { a @include(if: $yes) ...F b(id: $id) }
    fragment F on Query { c @skip(if: $no) @include(if: $on) }
  `);
  const resolve = (values: Record<string, unknown>) => resolveConditions(operation, values);
  expect(resolve({ yes: true, id: 'x' })).toMatchObject({
    key: 'k 101',
    conditions: { yes: true, no: false, on: true },
  });
  expect(resolve({ yes: true, id: 'y', no: false })).toBe(resolve({ yes: true }));
  // What is not a boolean is rejected when the variables are coerced.
  for (const yes of [false, null, 'true', undefined]) expect(resolve({ yes, on: false }).key).toBe('k 000');
});

it('resolveConditions returns an operation without conditions as it is', () => {
  const operation = write('query ($id: ID) { a @include(if: true) b(id: $id) }');
  expect(resolveConditions(operation, { id: 'x' })).toBe(operation);
});
