import { type CatalogueState, listCatalogueStates, markStale } from './catalogue-states.js';

const states = (...entries: readonly (readonly [string, CatalogueState])[]) => new Map(entries);
const none = states();

it('listCatalogueStates returns the requested countries in the order of the list, and then Europe', () => {
  expect(listCatalogueStates(states(['europe', 'OK'], ['italy', 'TIMEOUT'], ['denmark', 'OK']), none)).toEqual([
    { country: 'DK', state: 'OK' },
    { country: 'IT', state: 'TIMEOUT' },
    { service: 'europe', state: 'OK' },
  ]);
});

it('listCatalogueStates includes countries that are outdated in the index', () => {
  const behind = states(['BE', 'STALE'], ['IT', 'UNAVAILABLE']);
  expect(listCatalogueStates(states(['europe', 'OK'], ['belgium', 'OK'], ['denmark', 'OK']), behind)).toEqual([
    { country: 'DK', state: 'OK' },
    { country: 'BE', state: 'STALE' },
    { country: 'IT', state: 'UNAVAILABLE' },
    { service: 'europe', state: 'OK' },
  ]);
});

it('listCatalogueStates returns the worst state of each country', () => {
  expect(listCatalogueStates(states(['denmark', 'TIMEOUT']), states(['DK', 'STALE']))).toEqual([
    { country: 'DK', state: 'TIMEOUT' },
  ]);
});

it('markStale changes states in a body and leaves the rest as it is', () => {
  const body = {
    data: { a: 'æ', extensions: { catalogues: [] }, text: '"extensions":{' },
    extensions: {
      other: 1,
      catalogues: listCatalogueStates(
        states(['denmark', 'OK'], ['belgium', 'OK'], ['europe', 'OK']),
        states(['IT', 'STALE']),
      ),
    },
  };
  const stale = markStale(Buffer.from(JSON.stringify(body)), (service) => ['belgium', 'europe'].includes(service));
  expect(JSON.parse(stale.toString())).toEqual({
    data: body.data,
    extensions: {
      other: 1,
      catalogues: [
        { country: 'DK', state: 'OK' },
        { country: 'BE', state: 'STALE' },
        { country: 'IT', state: 'STALE' },
        { service: 'europe', state: 'STALE' },
      ],
    },
  });
});
