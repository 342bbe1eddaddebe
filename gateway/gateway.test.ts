import { setTimeout as sleep } from 'node:timers/promises';

import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';

import { readChangelog, schemaDescription } from '../schema/sdl/changelog.js';
import { apiSchema } from '../schema/sdl/api-schema.js';
import { countries, europe } from '../schema/values/countries.js';
import { readProjectFile } from '../schema/files.js';
import { respond, closedUrl, type FakeGraph, startFakeGraph, startTestGateway } from './testing/fake-graph.js';
import { get, post, read } from './testing/send.js';
import { waitUntil } from '../services/kit/testing/wait-until.js';

describe('a gateway over subgraphs that are down', () => {
  it('starts, is ready, and names each subgraph that a query needs', async () => {
    const closed = await closedUrl();
    const names = [...countries, europe].map(({ folder }) => folder);
    const gateway = await startTestGateway(Object.fromEntries(names.map((name) => [name, closed])));
    const origin = `http://127.0.0.1:${gateway.port}`;
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    expect((await post(origin, { query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } });
    const { status, body } = await post(origin, { query: '{ catalogues { id } denmark { id } italy { id } }' });
    expect(status).toBe(200);
    expect(body.data).toEqual({ catalogues: null, denmark: null, italy: null });
    expect(body.errors).toHaveLength(3);
    await gateway.stop();
  });
});

describe('the gateway', () => {
  let graph: FakeGraph;
  let origin: string;
  beforeAll(async () => {
    graph = await startFakeGraph();
    ({ origin } = graph);
    graph.subgraphs['denmark']?.respondWith(respond({ data: { denmark: { id: 'dk:catalogue' } } }));
    graph.subgraphs['europe']?.respondWith(respond({ data: { organisation: null } }));
  });
  afterAll(() => graph.stop());
  afterEach(() => {
    for (const { requests } of Object.values(graph.subgraphs)) requests.splice(0);
  });
  const countSubgraphRequests = (): number =>
    Object.values(graph.subgraphs).reduce((sum, subgraph) => sum + subgraph.requests.length, 0);

  it('responds to POST and GET without any special header', async () => {
    const expected = { data: { denmark: { id: 'dk:catalogue' } } };
    expect(await post(origin, { query: '{ denmark { id } }' })).toMatchObject({ status: 200, body: expected });
    expect(await get(origin, { query: '{ denmark { id } }' })).toMatchObject({ status: 200, body: expected });
  });

  it('passes on variables of POST and GET', async () => {
    const query = 'query Find($id: ID!) { organisation(id: $id) { id } }';
    const variables = { id: 'dk:administration:0820' };
    await post(origin, { query, variables, operationName: 'Find' });
    await get(origin, { query, variables: JSON.stringify(variables), operationName: 'Find' });
    expect(graph.subgraphs['europe']?.requests.map((request) => request.variables)).toEqual([variables, variables]);
  });

  it('serves the public schema, by introspection too', async () => {
    const sorted = (sdl: string) => printSchema(lexicographicSortSchema(buildSchema(sdl)));
    const response = await fetch(`${origin}/schema.graphql`);
    const sdl = await response.text();
    expect(response.headers.get('content-type')).toMatch('text/plain');
    expect(sorted(sdl)).toBe(
      sorted(
        printSchema(
          Object.assign(apiSchema('supergraph', readProjectFile('schema/supergraph.graphql')), {
            description: schemaDescription,
          }),
        ),
      ),
    );
    for (const coding of ['br', 'gzip', 'identity']) {
      const again = await fetch(`${origin}/schema.graphql`, { headers: { 'accept-encoding': coding } });
      expect([again.headers.get('content-encoding') ?? 'identity', again.headers.get('vary')]).toEqual([
        coding,
        'Accept-Encoding',
      ]);
      expect(await again.text()).toBe(sdl);
    }
    const changelog = await fetch(`${origin}/changelog.md`);
    expect([changelog.headers.get('content-type'), await changelog.text()]).toEqual([
      'text/markdown; charset=utf-8',
      readChangelog(),
    ]);
    const { body } = await post(origin, { query: getIntrospectionQuery({ schemaDescription: true }) });
    expect(sorted(printSchema(buildClientSchema(body.data as IntrospectionQuery)))).toBe(sorted(sdl));
    expect(sdl).not.toMatch(/join__|link__|inaccessible|\bref:/);
  });

  it('reports its health', async () => {
    expect(await read(await fetch(`${origin}/health/live`))).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await read(await fetch(`${origin}/health/ready`))).toMatchObject({ status: 200, body: { problems: [] } });
  });

  const malformed: readonly [string, unknown, string][] = [
    ['a body that is not JSON', '{"query":', 'BAD_REQUEST'],
    ['an empty query', { query: '' }, 'BAD_REQUEST'],
    ['a batch', [{ query: '{ denmark { id } }' }], 'BAD_REQUEST'],
    ['variables that are not an object', { query: '{ denmark { id } }', variables: [1] }, 'BAD_REQUEST'],
    ['a truncated query', { query: '{ denmark {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ ruritania { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a hidden field',
      { query: '{ organisation(id: "x") { ... on DanishAdministration { ref } } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a field of the gateway’s own federation endpoint',
      { query: '{ _service { sdl } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable of another type',
      { query: 'query ($n: Int) { denmark { consortia(first: $n) { totalCount } } }', variables: { n: 'x' } },
      'BAD_USER_INPUT',
    ],
    ['a variable that is missing', { query: 'query ($id: ID!) { organisation(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    ['a mutation', { query: 'mutation { denmark { id } }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['a subscription', { query: 'subscription { denmark { id } }' }, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'two operations without an operation name',
      { query: 'query A { denmark { id } } query B { denmark { id } }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['an unknown operation name', { query: '{ denmark { id } }', operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
  ];
  it.each(malformed)('rejects %s with one error, and sends no subgraph request', async (_name, sent, code) => {
    const { status, body, text } = await post(origin, sent);
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [expect.objectContaining({ extensions: { code } })] });
    expect(text).not.toMatch(/stack|node_modules/);
    expect(countSubgraphRequests()).toBe(0);
  });

  it('rejects a mutation over GET', async () => {
    expect((await get(origin, { query: 'mutation { denmark { id } }' })).status).toBe(405);
  });

  const list = (argument: string) => `administrations(${argument}) { totalCount }`;
  const dates = [
    '2023-02-29',
    '2017-8-7',
    '',
    '07/08/2017',
    '2017-08-07T00:00:00Z',
    '20170807',
    '２０１７-08-07',
    'tomorrow',
  ];
  it.each(dates)(
    'rejects the date "%s" once, as literal, variable, item or default, and sends no subgraph request',
    async (day) => {
      const twice = `{ denmark { ${list('asOf: $day')} } belgium { ${list('asOf: $day')} } }`;
      const sent = [
        { query: `{ denmark { ${list(`asOf: ${JSON.stringify(day)}`)} } }` },
        { query: `query ($day: Date) ${twice}`, variables: { day } },
        { query: `query ($day: Date = ${JSON.stringify(day)}) ${twice}` },
      ];
      for (const params of sent) {
        const { status, body } = await post(origin, params);
        expect(status).toBe(400);
        expect(body).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'INVALID_DATE' } })] });
        expect(body.errors?.[0]?.['message']).toContain('calendar day such as "2017-08-07"');
      }
      expect(countSubgraphRequests()).toBe(0);
    },
  );

  it.each([20170807, true, ['2017-08-07', '2017-08-08'], { day: 1 }])('rejects %j as a date', async (day) => {
    const query = `query ($day: Date) { denmark { ${list('asOf: $day')} } }`;
    const { status, body } = await post(origin, { query, variables: { day } });
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'INVALID_DATE' } })] });
    expect(countSubgraphRequests()).toBe(0);
  });

  it.each(['dk', 'DNK', '', 'D1', 'ÆØ'])(
    'rejects the country "%s" once, as literal or variable, and sends no subgraph request',
    async (country) => {
      const sent = [
        { query: `{ catalogues(countries: [${JSON.stringify(country)}]) { id } }` },
        {
          query: 'query ($countries: [CountryCode!]) { catalogues(countries: $countries) { id } }',
          variables: { countries: [country] },
        },
      ];
      for (const params of sent) {
        const { status, body } = await post(origin, params);
        expect(status).toBe(400);
        expect(body).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'INVALID_COUNTRY' } })] });
      }
      expect(countSubgraphRequests()).toBe(0);
    },
  );

  it('accepts names that JavaScript reserves', async () => {
    graph.subgraphs['denmark']?.respondWith(
      respond({ data: { __proto___alias: null, constructor_alias: null, toString_alias: null } }),
    );
    const { body } = await post(origin, {
      query: '{ __proto__: denmark { id } constructor: denmark { id } toString: denmark { id } }',
    });
    const expected = JSON.parse('{"data":{"__proto__":null,"constructor":null,"toString":null}}') as object;
    expect(body).toEqual({ ...expected, extensions: { catalogues: [{ country: 'DK', state: 'OK' }] } });
  });
});

describe('a gateway that stops', () => {
  it('finishes requests in progress, and accepts no new ones', async () => {
    const graph = await startFakeGraph();
    const { denmark } = graph.subgraphs;
    let finish = (): void => undefined;
    denmark?.respondWith((response, request) => {
      finish = () => {
        respond({ data: { denmark: { id: 'dk:catalogue' } } })(response, request);
      };
    });
    const waiting = post(graph.origin, { query: '{ denmark { id } }' });
    await waitUntil('a request to Denmark', () => denmark?.requests.length !== 0);
    const stopping = graph.stop();
    await sleep(50);
    await expect(post(graph.origin, { query: '{ __typename }' })).rejects.toThrow();
    finish();
    expect((await waiting).body).toMatchObject({ data: { denmark: { id: 'dk:catalogue' } } });
    await stopping;
  });
});
