import { checkResponse } from './check-response.js';

const whole = { denmark: { country: 'DK' } };
const error = (code: string, service = 'denmark') => ({
  message: 'x',
  path: ['denmark'],
  extensions: { code, service },
});
const expectation = { whole, hadFault: (service: string) => service === 'denmark', secrets: ['23456'] };
const check = (response: object) =>
  checkResponse({ status: 200, extensions: { catalogues: [] }, ...response }, expectation);

it('checkResponse returns no problems for a response that is whole or lacks only data of a service with a fault', () => {
  expect(check({ data: whole })).toEqual([]);
  expect(check({ data: { denmark: null }, errors: [error('SUBGRAPH_TIMEOUT')] })).toEqual([]);
});

it.each<[string, object, string]>([
  ['another value', { data: { denmark: { country: 'IT' } } }, 'denmark.country differs'],
  ['a status', { status: 503, data: whole }, 'status 503'],
  [
    'an error of a service without a fault',
    { data: { denmark: null }, errors: [error('SUBGRAPH_TIMEOUT', 'italy')] },
    'unexplained: {',
  ],
  ['an unknown code', { data: { denmark: null }, errors: [error('INTERNAL_SERVER_ERROR')] }, 'unexplained: {'],
  ['a port', { data: whole, extensions: { port: 23456 } }, 'contains "23456"'],
])('checkResponse reports %s', (_case, response, problem) => {
  expect(check(response)).toEqual([expect.stringContaining(problem)]);
});
