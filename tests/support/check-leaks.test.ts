import { findLeaks } from './check-leaks.js';

const error = (message: string) => ({ errors: [{ message }] });

it.each([
  ['connect ECONNREFUSED somewhere', ['ECONNREFUSED', 'ECONNREFUSED']],
  ['http://localhost:1/subgraph', ['localhost', '/subgraph']],
  ['other side closed the socket', ['socket']],
  ['at listen (net.js:12:3)', ['.js:1']],
  ['port 23456', ['23456']],
])('findLeaks finds the internals in "%s"', (message, leaks) => {
  expect(findLeaks(error(message), ['23456'])).toEqual(leaks);
});

it('findLeaks finds internals in the extensions', () => {
  expect(findLeaks({ extensions: { from: '127.0.0.1' } }, [])).toEqual(['127.0.0.1']);
});

it('findLeaks finds nothing in the error of an unavailable service', () => {
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'denmark' };
  const message = 'The service "denmark" cannot be reached. Its data is missing here.';
  expect(findLeaks({ errors: [{ message, path: ['catalogues', 0], extensions }] }, ['23456'])).toEqual([]);
});

it('findLeaks does not take the digits of an id for a port', () => {
  const message = 'it:administration:020001 cannot be read';
  expect(findLeaks(error(message), ['20001'])).toEqual([]);
  expect(findLeaks(error(`${message} at port 20001`), ['20001'])).toEqual(['20001']);
});
