import { checkPartialResponse } from './check-partial-response.js';

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

it('checkPartialResponse returns no problems for a whole response with another order of fields', () => {
  expect(
    checkPartialResponse({ status, data: { one: { ...whole.one }, catalogues: whole.catalogues } }, whole),
  ).toEqual([]);
});

it.each([
  ['at its exact path', [at('catalogues', 0)]],
  ['at its list', [at('catalogues')]],
  ['at a required field of it', [at('catalogues', 0, 'country')]],
])('checkPartialResponse accepts a missing value with an error %s', (_where, errors) => {
  const data = { ...copy(), catalogues: [null, whole.catalogues[1]] };
  expect(checkPartialResponse({ status, data, errors }, whole)).toEqual([]);
});

it('checkPartialResponse accepts a response without data that has an error', () => {
  expect(checkPartialResponse({ status, data: null, errors: [{ message: 'x' }] }, whole)).toEqual([]);
});

it.each<[string, object, object[], string[]]>([
  [
    'an item that is missing without an error',
    { catalogues: [null, whole.catalogues[1]] },
    [],
    ['no error explains why catalogues.0 is null'],
  ],
  ['an error at another path', { one: null }, [at('catalogues')], ['no error explains why one is null']],
  ['an error at a value that is whole', {}, [at('one')], ['an error at one, which is whole']],
  [
    'a value that differs',
    { one: { ...whole.one, name: 'Aarhus' } },
    [at('one')],
    ['one.name differs', 'an error at one, which is whole'],
  ],
  ['a list that is shorter', { catalogues: [] }, [], ['catalogues differs']],
  [
    'a value in the place of null',
    { catalogues: [whole.catalogues[0], { country: 'BE', title: 'x' }] },
    [],
    ['catalogues.1.title differs'],
  ],
  ['a field that is not in the query', { more: 1 }, [], ['the whole response differs']],
])('checkPartialResponse reports %s', (_case, changes, errors, problems) => {
  expect(checkPartialResponse({ status, data: { ...copy(), ...changes }, errors: errors as never }, whole)).toEqual(
    problems,
  );
});
