import { createParameters } from './sql-parameters.js';

it('createParameters collects the values of a statement and returns their placeholders', () => {
  const parameter = createParameters();
  expect(`a = ${parameter('x')} AND b = ANY (${parameter([1, 2])})`).toBe('a = $1 AND b = ANY ($2)');
  expect(parameter.values).toEqual(['x', [1, 2]]);
  expect(createParameters().values).toEqual([]);
});
