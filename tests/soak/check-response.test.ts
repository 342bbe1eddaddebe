import { checkAnswer } from './check-response.js';

const whole = { denmark: { country: 'DK' } };
const error = (code: string, service = 'denmark') => ({
  message: 'x',
  path: ['denmark'],
  extensions: { code, service },
});
const expectation = { whole, wasInTrouble: (service: string) => service === 'denmark', secrets: ['23456'] };
const check = (answer: object) => checkAnswer({ status: 200, extensions: { catalogues: [] }, ...answer }, expectation);

it('finds nothing wrong in what is whole, or lacks what somebody in trouble owns', () => {
  expect(check({ data: whole })).toEqual([]);
  expect(check({ data: { denmark: null }, errors: [error('SUBGRAPH_TIMEOUT')] })).toEqual([]);
});

it.each<[string, object, string]>([
  ['another value', { data: { denmark: { country: 'IT' } } }, 'denmark.country is another one'],
  ['a status', { status: 503, data: whole }, 'status 503'],
  [
    'an error of somebody who is well',
    { data: { denmark: null }, errors: [error('SUBGRAPH_TIMEOUT', 'italy')] },
    'unexplained: {',
  ],
  ['a code that nobody knows', { data: { denmark: null }, errors: [error('INTERNAL_SERVER_ERROR')] }, 'unexplained: {'],
  ['a port', { data: whole, extensions: { port: 23456 } }, 'tells "23456"'],
])('finds %s', (_what, answer, found) => {
  expect(check(answer)).toEqual([expect.stringContaining(found)]);
});
