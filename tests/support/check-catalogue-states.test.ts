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
  // What a client got wrong is no matter of the country's.
  ['OK', [error('INVALID_ID')]],
])('the state %s goes with these errors: %j', (state, errors) => {
  expect(checkCatalogueStates({ errors, extensions: states(state) })).toEqual([]);
});

it.each([
  ['UNAVAILABLE', []],
  ['OK', [error('SUBGRAPH_TIMEOUT')]],
])('the state %s does not: %j', (state, errors) => {
  expect(checkCatalogueStates({ errors, extensions: states(state) })).toEqual([
    expect.stringContaining(`denmark is said to be ${state}`),
  ]);
});

it('holds what links the countries to its word as well', () => {
  const extensions = { catalogues: [{ service: 'europe', state: 'ERROR' }] };
  const errors = [{ message: 'x', extensions: { code: 'SUBGRAPH_ERROR', service: 'europe' } }];
  expect(checkCatalogueStates({ errors, extensions })).toEqual([]);
  expect(checkCatalogueStates({ errors: [], extensions })).toEqual([
    expect.stringContaining('europe is said to be ERROR'),
  ]);
  expect(checkCatalogueStates({ errors, extensions: {} })).toEqual(['extensions.catalogues is missing']);
});
