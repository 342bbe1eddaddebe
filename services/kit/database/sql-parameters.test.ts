import { countsOn, createParameters, inArea } from './sql-parameters.js';

it('collects the values of a statement behind their placeholders', () => {
  const parameter = createParameters();
  expect(`a = ${parameter('x')} AND b = ANY (${parameter([1, 2])})`).toBe('a = $1 AND b = ANY ($2)');
  expect(parameter.values).toEqual(['x', [1, 2]]);
  expect(createParameters().values).toEqual([]);
});

it('writes conditions over the columns it is told', () => {
  expect(countsOn('m', '$1')).toBe('m.counts_from <= $1 AND (m.counts_until IS NULL OR $1 < m.counts_until)');
  expect(inArea('b.nuts', '$1', '$2')).toBe("((b.nuts >= $1 AND b.nuts < $1 || '~') OR (b.nuts IS NULL AND $1 = $2))");
});
