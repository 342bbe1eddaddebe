import type { FlattenNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';

import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import { type Subgraph, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { createSubgraphTypes } from '../validation/subgraph-types.js';
import { compilePlan } from './plan.js';
import { runPlan } from './run-plan.js';
import type { Data } from './result-tree.js';

/** What the subgraph of a test returns, or the error that it causes. */
type Reply = { data?: unknown; errors?: readonly object[] } | SubgraphError;

const entities = ['a', 'b'].map((ref) => ({ __typename: 'DanishAdministration', ref }));

const subgraphTypes = createSubgraphTypes(
  'denmark',
  buildSchema(`
    type Query { denmark: Country }
    type Country { id: ID organisation: DanishAdministration }
    type DanishAdministration { id: ID name: String members: Members }
    type Members { nodes: [DanishAdministration] }
    type Solution { id: ID }
  `),
);

const rootQuery = '{ denmark { id organisation { name } } other: denmark { id } }';
const entityQuery =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { name members { nodes { id } } } }';

/** Runs one fetch against a subgraph with this reply, for objects at a path, or for root fields. */
async function run(
  reply: Reply,
  path: readonly string[] = [],
  data: Data = {},
  /** Fetches for the objects of these types alone. Default: one for objects of any type. */
  types: readonly string[] = [],
) {
  const requests: string[] = [];
  const subgraph: Subgraph = {
    name: 'denmark',
    execute: (body) => {
      requests.push(body);
      if (reply instanceof SubgraphError) return Promise.reject(reply);
      return Promise.resolve({ data: null, errors: [], ...reply } as SubgraphResponse);
    },
    close: () => Promise.resolve(),
  };
  const fetch = {
    kind: 'Fetch' as const,
    serviceName: 'denmark',
    operationName: undefined,
    operationKind: 'query' as never,
    variableUsages: ['day', 'unset'],
  };
  const field = (name: string) => ({ kind: 'Field' as const, name });
  const flatten = (requires: QueryPlanSelectionNode[], serviceName = 'denmark'): FlattenNode => ({
    kind: 'Flatten',
    path: [...path],
    node: { ...fetch, serviceName, operation: entityQuery, requires },
  });
  const steps = compilePlan(
    {
      kind: 'QueryPlan',
      node:
        path.length === 0
          ? { ...fetch, operation: rootQuery }
          : types.length === 0
            ? flatten([field('__typename'), field('ref')])
            : {
                kind: 'Parallel',
                nodes: types.map((typeCondition, index) =>
                  flatten(
                    [{ kind: 'InlineFragment', typeCondition, selections: [field('__typename'), field('ref')] }],
                    `country${index}`,
                  ),
                ),
              },
    },
    { findSubgraphTypes: () => subgraphTypes, absentFields: new Map(), memory: { bytes: 0 } },
  );
  const request: GatewayContext = {
    requestId: 'x',
    client: 'x',
    traceparent: '',
    deadline: 0,
    cancellation: new CancellationToken(),
    outcome: { services: new Map() },
  };
  const errors: never[] = [];
  await runPlan(steps, {
    subgraphs: new Map(['denmark', ...types.map((_type, index) => `country${index}`)].map((name) => [name, subgraph])),
    isOfType: ({ __typename }, type) => __typename === type,
    ownerOf: (typename) => (typename === 'DanishAdministration' ? 'denmark' : undefined),
    onFindings: () => undefined,
    variables: { day: '2026-01-01', other: 1 },
    toClientPath: (at) => at,
    request,
    data,
    errors,
  });
  return {
    data,
    errors: errors.map(
      (error) => JSON.parse(JSON.stringify(error)) as { path: unknown; message: string; extensions: object },
    ),
    requests: requests.map((body) => JSON.parse(body) as unknown),
    state: request.outcome.services.get('denmark'),
  };
}

it('a fetch sends the variables that it uses and the client sent', async () => {
  const { requests, data, state } = await run({
    data: { denmark: { id: 'dk', organisation: null }, other: null },
  });
  expect(requests).toEqual([{ query: rootQuery, variables: { day: '2026-01-01' } }]);
  expect(data).toEqual({ denmark: { id: 'dk', organisation: null }, other: null });
  expect(state).toBe('OK');
});

it('a fetch without targets sends no request', async () => {
  expect(await run({}, ['list', '@'], { list: [null] })).toMatchObject({ requests: [], errors: [], state: undefined });
});

it.each([
  ['SUBGRAPH_UNAVAILABLE', 'UNAVAILABLE', 'cannot be reached'],
  ['SUBGRAPH_TIMEOUT', 'TIMEOUT', 'did not respond in time'],
  ['SUBGRAPH_BAD_RESPONSE', 'ERROR', 'sent no usable response'],
] as const)('%s is reported at each field, without the reason', async (code, expected, words) => {
  const { errors, state } = await run(new SubgraphError(code, 'ECONNREFUSED 10.0.0.1'));
  expect(errors).toEqual(
    ['denmark', 'other'].map((name) => ({
      message: `The service "denmark" ${words}. Its data is missing here.`,
      path: [name],
      extensions: { code, service: 'denmark' },
    })),
  );
  expect(state).toBe(expected);
});

it.each([
  ['a body without data', {}],
  ['an empty object', { data: {} }],
])('%s is rejected as a response', async (_what, reply) => {
  expect((await run(reply)).errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }, {}]);
});

it.each([
  ['an object instead of a list', { _entities: {} }],
  ['null', { _entities: null }],
  ['a list with too few items', { _entities: [null] }],
  ['a list with too many items', { _entities: [null, null, null] }],
  ['a list of numbers', { _entities: [1, 2] }],
  ['a list of lists', { _entities: [[], []] }],
  ['another field', { denmark: { id: 'x' } }],
])('%s is rejected as a response with entities, and leaves no ghosts', async (_what, data) => {
  const result = await run({ data }, ['list', '@'], { list: structuredClone(entities) });
  expect(result.data).toEqual({ list: [null, null] });
  expect(result.errors).toMatchObject([
    { path: ['list', 0], extensions: { code: 'SUBGRAPH_BAD_RESPONSE', ids: ['a'] } },
    { path: ['list', 1], extensions: { code: 'SUBGRAPH_BAD_RESPONSE', ids: ['b'] } },
  ]);
});

it('an organisation that its owner does not know is removed, and no object of another owner', async () => {
  const list = [entities[0], { __typename: 'Solution', ref: 'b' }];
  const { data, errors } = await run({ data: { _entities: [null, null] } }, ['list', '@'], { list });
  expect(data).toEqual({ list: [null, { __typename: 'Solution', ref: 'b' }] });
  expect(errors).toEqual([]);
});

describe('an error that the subgraph reports', () => {
  const code = { code: 'INVALID_ID' };
  const report = async (error: object, path: readonly string[] = [], data: Data = {}) =>
    (await run({ data: null, errors: [{ message: 'no such code', ...error }] }, path, data)).errors;
  const expectedError = (path: readonly unknown[], ids?: readonly string[]) => ({
    message: 'no such code',
    path,
    extensions: { ...code, service: 'denmark', ...(ids ? { ids } : {}) },
  });

  it('keeps its message, code and path only', async () => {
    const extensions = { ...code, stacktrace: ['at secret.ts:1'], exception: { host: 'db' }, ids: ['x'] };
    expect(
      await report({ path: ['denmark', 'organisation'], locations: [{ line: 1, column: 1 }], extensions }),
    ).toEqual([expectedError(['denmark', 'organisation'])]);
  });

  it.each([
    [undefined],
    [{}],
    [null],
    ['text'],
    [{ code: 1 }],
    [{ code: 'INTERNAL_SERVER_ERROR', stacktrace: ['Error: at 10.0.0.1'] }],
    [{ code: 'GRAPHQL_VALIDATION_FAILED' }],
    [{ code: 'UNAUTHENTICATED' }],
    [{ code: 'BAD_REQUEST' }],
  ])('with extensions %j is replaced: clients learn which service failed', async (extensions) => {
    expect(await report({ path: ['denmark'], extensions })).toEqual([
      {
        message: 'The service "denmark" failed to resolve this. Its data is missing here.',
        path: ['denmark'],
        extensions: { code: 'SUBGRAPH_ERROR', service: 'denmark' },
      },
    ]);
  });

  it('that reports a timeout is returned as a timeout', async () => {
    expect(await report({ path: ['denmark'], extensions: { code: 'DEADLINE_EXCEEDED' } })).toMatchObject([
      { extensions: { code: 'SUBGRAPH_TIMEOUT' } },
    ]);
  });

  it.each([[undefined], [null], [[]], ['denmark'], [{}], [[{}]], [['denmark', null]], [7]])(
    'with path %j is reported at each selected field',
    async (path) => {
      expect(await report({ extensions: code, path })).toEqual([expectedError(['denmark']), expectedError(['other'])]);
    },
  );

  const organisation = (ref: string) => ({ __typename: 'DanishAdministration', ref });
  it.each([
    [['one'], { one: organisation('a') }, ['_entities', 0, 'name'], [expectedError(['one', 'name'], ['a'])]],
    [['one'], { one: organisation('a') }, ['_entities'], [expectedError(['one'], ['a'])]],
    [['one'], { one: organisation('a') }, undefined, [expectedError(['one'], ['a'])]],
    [
      ['list', '@'],
      { list: [organisation('a'), null, organisation('b')] },
      ['_entities', 1, 'members', 'nodes', 3],
      [expectedError(['list', 2, 'members', 'nodes', 3], ['b'])],
    ],
    [
      ['list', '@', 'of'],
      { list: [{ of: organisation('a') }, { of: organisation('a') }] },
      ['_entities', 0],
      [expectedError(['list', 0, 'of'], ['a']), expectedError(['list', 1, 'of'], ['a'])],
    ],
  ])('of a fetch at %j, in %j, with path %j has the right paths', async (path, data, reported, expected) => {
    expect(await report({ extensions: code, path: reported }, path, data)).toEqual(expected);
  });
});

it('of parallel fetches for objects of one type each, those for types of which there are objects are sent', async () => {
  const reply = { data: { _entities: [{ name: 'found' }] } };
  const list = ['A', 'C', 'A'].map((__typename) => ({ __typename, ref: __typename }));
  const { requests } = await run(reply, ['list', '@'], { list }, ['A', 'B', 'C']);
  expect(requests).toMatchObject([
    { variables: { representations: [{ __typename: 'A', ref: 'A' }] } },
    { variables: { representations: [{ __typename: 'C', ref: 'C' }] } },
  ]);
});
