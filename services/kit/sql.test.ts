import { createParameters } from './sql.js';

it('collects the values of a statement behind their placeholders', () => {
  const parameter = createParameters();
  expect(`a = ${parameter('x')} AND b = ANY (${parameter([1, 2])})`).toBe('a = $1 AND b = ANY ($2)');
  expect(parameter.values).toEqual(['x', [1, 2]]);
  expect(createParameters().values).toEqual([]);
});
