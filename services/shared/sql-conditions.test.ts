import { inArea } from './nuts.js';
import { countsOn } from './validity.js';

it('countsOn writes a condition on the columns of the given alias', () => {
  expect(countsOn('m', '$1')).toBe('m.counts_from <= $1 AND (m.counts_until IS NULL OR $1 < m.counts_until)');
});

it('inArea writes a condition on the given columns', () => {
  expect(inArea('b.nuts', '$1', '$2')).toBe("((b.nuts >= $1 AND b.nuts < $1 || '~') OR (b.nuts IS NULL AND $1 = $2))");
});
