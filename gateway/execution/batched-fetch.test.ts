import { buildSchema, graphqlSync, parse } from 'graphql';

import type { GatewayContext, ServiceState } from '../request/request-context.js';
import { type Subgraph, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { createFetchValidation } from '../validation/fetch-validation.js';
import { createSubgraphTypes } from '../validation/subgraph-types.js';
import { batchFetches, getResponsePart } from './batched-fetch.js';
import { compilePlan } from './plan.js';
import { runPlan } from './run-plan.js';
import type { Data } from './result-tree.js';

const fetchOf = (operation: string, variables: readonly string[] = []) => ({
  kind: 'Fetch' as const,
  serviceName: 'denmark',
  operationName: undefined,
  operationKind: 'query' as never,
  variableUsages: [...variables],
  operation,
});
const field = (name: string) => ({ kind: 'Field' as const, name });
const entities = (at: string, selection: string, fragment = '') => ({
  kind: 'Flatten' as const,
  path: [at],
  node: {
    ...fetchOf(
      `query ($representations: [_Any!]!, $day: Date) { _entities(representations: $representations) { ${selection} } } ${fragment}`,
      ['day'],
    ),
    requires: [field('__typename'), field('ref')],
  },
});

const types = createSubgraphTypes(
  'denmark',
  buildSchema(`
    type Query { denmark: Place }
    type Place { id: ID }
    type Town { name: String }
    type Club { purpose: String }
  `),
);

const context = { findSubgraphTypes: () => types, absentFields: new Map(), memory: { bytes: 0 } };

/** Runs three fetches from Denmark side by side, for what `data` holds. */
async function run(response: SubgraphResponse | SubgraphError, data: Data) {
  const sent: { query: string; variables: Record<string, unknown> }[] = [];
  const execute: Subgraph['execute'] = (body) => {
    sent.push(JSON.parse(body) as (typeof sent)[number]);
    return response instanceof SubgraphError ? Promise.reject(response) : Promise.resolve(structuredClone(response));
  };
  const steps = compilePlan(
    {
      kind: 'QueryPlan',
      node: {
        kind: 'Parallel',
        nodes: [
          entities('town', '...A', 'fragment A on Town { name(on: $day) }'),
          entities('club', '... on Club { purpose }'),
          fetchOf('query ($day: Date) { other: denmark(on: $day) { id } }', ['day']),
        ],
      },
    },
    context,
  );
  const errors: { path?: unknown; extensions?: unknown }[] = [];
  const services = new Map<string, ServiceState>();
  await runPlan(steps, {
    subgraphs: new Map([['denmark', { name: 'denmark', execute, close: () => Promise.resolve() }]]),
    isOfType: ({ __typename }, type) => __typename === type,
    ownerOf: () => undefined,
    onFindings: () => undefined,
    variables: { day: '2026-01-01' },
    toClientPath: (path) => path,
    request: { outcome: { services } } as GatewayContext,
    data,
    errors: errors as never[],
  });
  return {
    data,
    sent,
    errors: errors.map(({ path, extensions }) => ({ path, extensions })),
    state: services.get('denmark'),
  };
}

const town = () => ({ __typename: 'Town', ref: 't' });
const club = () => ({ __typename: 'Club', ref: 'c' });

describe('parallel fetches from one subgraph', () => {
  it('are sent in one request, and each gets its part of the response', async () => {
    const reply = {
      data: { _0__entities: [{ name: 'Ry' }], _1__entities: [{ purpose: 'IT' }], _2_other: { id: 'dk' } },
      errors: [],
    };
    const { data, sent, errors, state } = await run(reply, { town: town(), club: club() });
    expect(data).toEqual({ town: { ...town(), name: 'Ry' }, club: { ...club(), purpose: 'IT' }, other: { id: 'dk' } });
    expect({ errors, state, requests: sent.length }).toEqual({ errors: [], state: 'OK', requests: 1 });
    expect(sent[0]?.variables).toEqual({
      day: '2026-01-01',
      representations_0: [town()],
      representations_1: [club()],
    });
    expect(() => parse(sent[0]?.query ?? '')).not.toThrow();
  });

  it('leave out a fetch without targets', async () => {
    const { data, sent } = await run({ data: { _1__entities: [null], _2_other: null }, errors: [] }, { club: club() });
    expect(sent[0]?.variables).toEqual({ day: '2026-01-01', representations_1: [club()] });
    expect(sent[0]?.query).not.toContain('_0');
    expect(data).toEqual({ club: club(), other: null });
  });

  it('report an error of one of them at its location, and keep the others', async () => {
    const reply = {
      data: { _0__entities: [null], _1__entities: [{ purpose: 'IT' }], _2_other: { id: null } },
      errors: [
        { message: 'a', path: ['_0__entities', 0], extensions: { code: 'INVALID_DATE' } },
        { message: 'b', path: ['_2_other', 'id'], extensions: { code: 'INVALID_DATE' } },
      ],
    };
    const { data, errors } = await run(reply, { town: town(), club: club() });
    expect(data).toEqual({ town: town(), club: { ...club(), purpose: 'IT' }, other: { id: null } });
    expect(errors).toEqual([
      { path: ['town'], extensions: { code: 'INVALID_DATE', service: 'denmark', ids: ['t'] } },
      { path: ['other', 'id'], extensions: { code: 'INVALID_DATE', service: 'denmark' } },
    ]);
  });

  it.each<[string, SubgraphResponse | SubgraphError]>([
    ['fails', new SubgraphError('SUBGRAPH_UNAVAILABLE', 'no')],
    ['returns errors without data', { data: null, errors: [{ message: 'no' }] }],
  ])('are reported missing at every location if the request %s', async (_what, response) => {
    const { errors } = await run(response, { town: town(), club: club() });
    expect(errors.map(({ path }) => path)).toEqual([['town'], ['club'], ['other']]);
  });
});

it('equal fields of different fetches keep their own arguments', () => {
  const schema = buildSchema('type Query { text(in: String): String }');
  const fetches = [
    'query ($a: String) { ... on Query { x: text(in: $a) } }',
    'query ($a: String) { x: text(in: $a) text(in: "other") }',
  ].map((query) => ({
    service: 'denmark',
    path: [],
    query,
    bodyPrefix: '',
    variables: ['a'],
    requires: null,
    inputRewrites: [],
    outputRewrites: [],
    validation: createFetchValidation('denmark', query, context),
  }));
  const body = batchFetches('denmark', fetches, context.memory).buildBody([0, 1], { a: 'one' }, []);
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
  const rootValue = { text: ({ in: value }: { in: string }) => value };
  const { data, errors } = graphqlSync({ schema, source: query, variableValues: variables, rootValue });
  expect(errors).toBeUndefined();
  const reply = { data: data ?? null, errors: [] };
  expect([getResponsePart(reply, 0), getResponsePart(reply, 1)]).toEqual([
    { data: { x: 'one' }, errors: [] },
    { data: { x: 'one', text: 'other' }, errors: [] },
  ]);
});
