import { checkCatalogueStates } from './check-catalogue-states.js';

const error = (code: string) => ({ message: 'x', extensions: { code, service: 'denmark' } });
const states = (denmark: string) => ({
  catalogues: [
    { country: 'DK', state: denmark },
    { country: 'BE', state: 'OK' },
  ],
});

it.each([
  ['OK', []],
  ['STALE', []],
  ['UNAVAILABLE', [error('SUBGRAPH_UNAVAILABLE')]],
  ['TIMEOUT', [error('SUBGRAPH_UNAVAILABLE'), error('SUBGRAPH_TIMEOUT')]],
  ['ERROR', [error('SUBGRAPH_BAD_RESPONSE')]],
  // An error of the client does not concern the country.
  ['OK', [error('INVALID_ID')]],
])('checkCatalogueStates accepts the state %s with these errors: %j', (state, errors) => {
  expect(checkCatalogueStates({ errors, extensions: states(state) })).toEqual([]);
});

it.each([
  ['UNAVAILABLE', []],
  ['OK', [error('SUBGRAPH_TIMEOUT')]],
])('checkCatalogueStates reports the state %s with these errors: %j', (state, errors) => {
  expect(checkCatalogueStates({ errors, extensions: states(state) })).toEqual([
    expect.stringContaining(`the state of denmark is ${state}`),
  ]);
});

it('checkCatalogueStates checks the state of Europe as well', () => {
  const extensions = { catalogues: [{ service: 'europe', state: 'ERROR' }] };
  const errors = [{ message: 'x', extensions: { code: 'SUBGRAPH_ERROR', service: 'europe' } }];
  expect(checkCatalogueStates({ errors, extensions })).toEqual([]);
  expect(checkCatalogueStates({ errors: [], extensions })).toEqual([
    expect.stringContaining('the state of europe is ERROR'),
  ]);
  expect(checkCatalogueStates({ errors, extensions: {} })).toEqual(['extensions.catalogues is missing']);
});
