import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { makeExecutableSchema } from '@graphql-tools/schema';

import { respond, type FakeGraph, startFakeGraph } from '../testing/fake-graph.js';
import { createFastPath } from './fast-path.js';
import { startTestHandler, type TestHandler } from '../testing/test-handler.js';

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { greeting: String all(first: Int): [Item] }
    type Item { id: ID items(first: Int): [Item] }
  `,
  resolvers: { Query: { greeting: () => 'by the server', all: () => [] } },
});

describe('an operation that Apollo Server has validated', () => {
  let handler: TestHandler;
  let served = schema;
  let result: GatewayExecutionResult;
  beforeEach(async () => {
    served = schema;
    result = { data: { greeting: 'by the fast path' } };
    const fastPath = createFastPath({
      schema: () => served,
      execute: () => Promise.resolve(result),
      versions: { outdatedCountries: () => new Map() },
    });
    handler = await startTestHandler({ fastPath }, { schema, plugins: [fastPath.plugin] });
  });
  afterEach(() => handler.stop());

  const greet = async (body: Record<string, unknown>, accept = 'application/json'): Promise<unknown> => {
    const response = await handler.post(body, { accept });
    return ((await response.json()) as { data?: { greeting?: unknown } }).data?.greeting;
  };
  const query = '{ greeting }';

  it('takes the fast path the second time, with the same response', async () => {
    const getHeaders = async () => {
      const { status, headers } = await handler.post({ query }, { accept: '*/*' });
      return { status, type: headers.get('content-type') };
    };
    const first = await getHeaders();
    expect(await greet({ query }, '*/*')).toBe('by the fast path');
    expect(await getHeaders()).toEqual(first);
  });

  it('is executed by Apollo Server for a new `Accept` header', async () => {
    await greet({ query });
    expect(await greet({ query }, 'application/graphql-response+json')).toBe('by the server');
    expect(await greet({ query }, 'application/graphql-response+json')).toBe('by the fast path');
  });

  it('is validated again when another schema is served', async () => {
    await greet({ query });
    served = makeExecutableSchema({ typeDefs: 'type Query { greeting: String }' });
    expect(await greet({ query })).toBe('by the server');
  });

  it('is identified by its name in a text with several operations', async () => {
    const several = 'query A { greeting } query B { greeting }';
    await greet({ query: several, operationName: 'A' });
    expect(await greet({ query: several, operationName: 'A' })).toBe('by the fast path');
    expect(await greet({ query: several, operationName: 'B' })).toBe('by the server');
    expect(await greet({ query: several })).toBeUndefined();
    // Written one after the other, this name and this text are those of before.
    expect(await greet({ query: several.slice(10), operationName: `A\n${several.slice(0, 10)}` })).toBeUndefined();
  });

  it.each<[string, GatewayExecutionResult]>([
    ['there are errors', { data: { greeting: null }, errors: [] }],
    ['the result is empty', {}],
  ])('is completed by Apollo Server when %s', async (_what, found) => {
    await greet({ query });
    result = found;
    expect(await greet({ query })).toBe('by the server');
  });

  it('is rejected with variables that make it too large', async () => {
    const large = `query ($n: Int) { all(first: $n) { items(first: $n) { items(first: $n) { id } } } }`;
    await greet({ query: large, variables: { n: 1 } });
    // A variable that is not declared counts for nothing, whatever it is called.
    await greet({ query: large, variables: { 'n=200': 1, '200': 1 } });
    const response = await handler.post({ query: large, variables: { n: 200, many: Array(2_001).fill(1) } });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_LARGE' } }] });
  });
});

describe('the gateway with repeated requests', () => {
  let graph: FakeGraph;
  beforeAll(async () => {
    graph = await startFakeGraph();
  });
  afterAll(() => graph.stop());

  it.each<[string, Record<string, unknown>, unknown]>([
    ['a complete operation', { query: '{ denmark { id } }' }, { data: { denmark: { id: 'dk' } } }],
    [
      'an operation by its name',
      { query: 'query A { denmark { id } } query B { italy { id } }', operationName: 'A' },
      { data: { denmark: { id: 'dk' } } },
    ],
    [
      'an operation that repeats fields',
      { query: '{ denmark { id id } denmark { other: id id } }' },
      { data: { denmark: { id: 'dk', other: 'dk' } } },
    ],
    ['a country that fails', { query: '{ denmark { id } }' }, { data: null, errors: [{ message: 'no' }] }],
    [
      'a value of the wrong type',
      { query: 'query ($day: Date) { denmark { consortia(asOf: $day) { totalCount } } }', variables: { day: 'x' } },
      { data: null },
    ],
    ['a field that is not in the schema', { query: '{ ruritania }' }, { data: null }],
    ['introspection of the schema', { query: '{ __typename __type(name: "Query") { kind } }' }, { data: null }],
  ])('returns the same response to %s, with as many subgraph requests', async (_what, body, reply) => {
    const { denmark } = graph.subgraphs;
    denmark?.respondWith(respond(reply));
    const once = async () => {
      denmark?.requests.splice(0);
      const response = await fetch(`${graph.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
      return {
        status: response.status,
        headers,
        text: await response.text(),
        subgraphRequests: denmark?.requests.length,
      };
    };
    const first = await once();
    expect(await once()).toEqual(first);
    expect(await once()).toEqual(first);
  });
});
