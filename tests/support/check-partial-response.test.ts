import { checkPartialAnswer } from './check-partial-response.js';

const whole = {
  catalogues: [
    { country: 'DK', title: 'Danmark' },
    { country: 'BE', title: null },
  ],
  one: { id: 'dk:administration:0820', name: 'Vesthimmerlands' },
};
const copy = (): { catalogues: unknown[]; one: unknown } => structuredClone(whole);
const at = (...path: (string | number)[]) => ({ message: 'x', path });
const status = 200;

it('finds nothing in an answer that is whole, whatever the order of its fields', () => {
  expect(checkPartialAnswer({ status, data: { one: { ...whole.one }, catalogues: whole.catalogues } }, whole)).toEqual(
    [],
  );
});

it.each([
  ['at its exact place', [at('catalogues', 0)]],
  ['at its list', [at('catalogues')]],
  ['at a field that it could not be without', [at('catalogues', 0, 'country')]],
])('is told what is missing by an error %s', (_where, errors) => {
  const data = { ...copy(), catalogues: [null, whole.catalogues[1]] };
  expect(checkPartialAnswer({ status, data, errors }, whole)).toEqual([]);
});

it('takes an answer of nothing that is explained', () => {
  expect(checkPartialAnswer({ status, data: null, errors: [{ message: 'x' }] }, whole)).toEqual([]);
});

it.each<[string, object, object[], string[]]>([
  [
    'an item is lost in silence',
    { catalogues: [null, whole.catalogues[1]] },
    [],
    ['nobody says why catalogues.0 is null'],
  ],
  ['an error is elsewhere', { one: null }, [at('catalogues')], ['nobody says why one is null']],
  ['an error costs nothing', {}, [at('one')], ['an error at one, which is whole']],
  [
    'a value is another',
    { one: { ...whole.one, name: 'Aarhus' } },
    [at('one')],
    ['one.name is another one', 'an error at one, which is whole'],
  ],
  ['a list is shorter', { catalogues: [] }, [], ['catalogues is another one']],
  [
    'there is a value in the place of nothing',
    { catalogues: [whole.catalogues[0], { country: 'BE', title: 'x' }] },
    [],
    ['catalogues.1.title is another one'],
  ],
  ['there is a field that nobody asked for', { more: 1 }, [], ['the whole answer is another one']],
])('finds that %s', (_what, changes, errors, found) => {
  expect(checkPartialAnswer({ status, data: { ...copy(), ...changes }, errors: errors as never }, whole)).toEqual(
    found,
  );
});
