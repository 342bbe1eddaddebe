import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

import { serverAudits } from 'graphql-http';

import { countries } from '../../../schema/values/countries.js';
import { graph } from './graph.js';

// https://graphql.github.io/graphql-over-http: all audits, including those of SHOULD and MAY.

const services = ['gateway', ...countries.map(({ folder }) => folder)];

const auditsOf = (service: string) => serverAudits({ url: () => graph.endpoints[service] ?? '', fetchFn: fetch });

describe.each(services)('%s complies with GraphQL over HTTP', (service) => {
  it.each(auditsOf(service).map(({ id, name }) => [id, name]))('%s: %s', async (id) => {
    const audit = auditsOf(service).find((one) => one.id === id);
    const result = await audit?.fn();
    expect(result?.status === 'ok' ? 'ok' : `${result?.status ?? ''}: ${result?.reason ?? ''}`).toBe('ok');
  });
});

/** Sends a request with this target, written as it is in the first line of a request. */
async function send(service: string, toTarget: (url: URL) => string, body?: string) {
  const url = new URL(graph.endpoints[service] ?? '');
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request({
    host: url.hostname,
    port: url.port,
    path: toTarget(url),
    method: body ? 'POST' : 'GET',
    headers,
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const { data, errors } = (await json(response)) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return [response.statusCode, data ?? errors?.[0]?.extensions.code];
}

const typename = '?query={__typename}';
const found = [200, { __typename: 'Query' }];
const targets: readonly [string, (url: URL) => string, unknown][] = [
  ['a trailing slash', () => `/graphql/${typename}`, found],
  ['a target in absolute form', ({ origin }) => `${origin}/graphql${typename}`, found],
  ['an absolute target of another host', () => `HTTP://example.org/graphql/${typename}`, found],
  ['a path below the endpoint', () => `/graphql/x${typename}`, [404, 'NOT_FOUND']],
  ['a path in other letters', () => `/GraphQL${typename}`, [404, 'NOT_FOUND']],
  ['an operation name that is empty', () => `/graphql${typename}&operationName=`, found],
  ['variables that are empty', () => `/graphql${typename}&variables=`, [400, 'BAD_REQUEST']],
  ['variables that are null', () => `/graphql${typename}&variables=null`, [400, 'BAD_REQUEST']],
  ['extensions that are empty', () => `/graphql${typename}&extensions=`, [400, 'BAD_REQUEST']],
];
const bodies: readonly [string, string, unknown][] = [
  ['a byte-order mark', '\uFEFF{"query":"{ __typename }"}', found],
  ['a second byte-order mark', '\uFEFF\uFEFF{"query":"{ __typename }"}', [400, 'BAD_REQUEST']],
  ['a byte-order mark in the query', '{"query":"\uFEFF{ __typename }"}', found],
  ['an operation name that is empty', '{"query":"{ __typename }","operationName":""}', found],
  ['a number that is too large', '{"query":"{ __typename }","variables":{"a":1e400}}', [400, 'BAD_USER_INPUT']],
  [
    'null as the value of a condition',
    '{"query":"query ($x: Boolean = true) { __typename @include(if: $x) }","variables":{"x":null}}',
    'BAD_USER_INPUT',
  ],
  [
    'null as the value of an argument',
    '{"query":"query ($x: String = \\"Query\\") { __type(name: $x) { name } }","variables":{"x":null}}',
    [200, { __type: null }],
  ],
];

describe.each(services)('%s handles', (service) => {
  it.each(targets)('%s', async (_name, toTarget, expected) => {
    // Twice, because the gateway executes a known operation in another way.
    for (let turn = 0; turn < 2; turn += 1) expect(await send(service, toTarget)).toEqual(expected);
  });

  it.each(bodies)('%s in a body', async (_name, body, expected) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const result = await send(service, () => '/graphql', body);
      expect(Array.isArray(expected) ? result : result[1]).toEqual(expected);
    }
  });
});
