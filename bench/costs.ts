import { buildSchema, getOperationAST, type GraphQLSchema, parse } from 'graphql';

import { variableOf } from '../cli/start/settings.js';
import { readSubgraphSdl } from '../schema/files.js';
import { fieldCosts } from '../schema/sdl/field-costs.js';
import { publicSdl } from '../schema/sdl/public-sdl.js';
import { estimateCost, setFieldCosts } from '../services/kit/graphql/query-cost.js';
import { expensive, ordinary } from './field-costs.js';
import type { Graph } from './graph.js';
import { type GraphQLClient, openGraphQLClient } from './http-client.js';
import { type Latencies, measureLatency, type Variant } from './rounds.js';
import type { Run } from './run.js';
import { median, type Ratio, ratioOf } from './statistics.js';
import { count, milliseconds, type Report, times } from './table.js';

/** An operation on a subgraph, and its cost in points. */
interface CostedVariant extends Variant {
  readonly points: number;
}

/** A field that takes so many times what its points state is listed below the table. */
const maxRatio = 10;

/** Measures whether fields take the time that `schema/sdl/field-costs.ts` states, relative to ordinary fields. */
export async function measureCosts(graph: Graph, run: Run): Promise<Report> {
  const clients = { italy: openSubgraphClient(graph, 'italy'), europe: openSubgraphClient(graph, 'europe') };
  const schemas = { italy: readCostedSchema('italy'), europe: readCostedSchema('europe') };
  const toVariant = (name: string, service: 'italy' | 'europe', query: string): CostedVariant => ({
    name,
    points: pointsOf(schemas[service], query),
    execute: () => clients[service].query(query),
  });
  try {
    const base = toVariant('ordinary fields', 'italy', ordinary);
    const fields = expensive.map(({ field, service, query }) => toVariant(field, service, query));
    const latencies = await measureLatency([base, ...fields], run.seconds, run);
    const ratios = new Map(fields.map((field) => [field, ratioPerPoint(latencies, field, base)]));
    const tooCheap = [...ratios].filter(([, { overall }]) => overall >= maxRatio).map(([{ name }]) => name);
    return {
      title: 'costs: the time that fields take for each point of their cost',
      description: [
        'One operation after the other at Italy or Europe, each of which takes most of its time for one field, and one with',
        'ordinary fields. In brackets: the range of the ratio in single rounds.',
      ],
      columns: ['', 'points', 'median', 'microseconds per point', 'ratio'],
      rows: [base, ...fields].map((variant) => {
        const ratio = ratios.get(variant);
        const ms = median(latencies.get(variant)?.flat() ?? []);
        return [
          variant.name,
          count(variant.points),
          milliseconds(ms),
          ((ms * 1000) / variant.points).toFixed(1),
          ratio ? times(ratio) : '1',
        ];
      }),
      notes: tooCheap.length === 0 ? [] : [`Take ${maxRatio} times what their cost states: ${tooCheap.join(', ')}.`],
    };
  } finally {
    await Promise.all(Object.values(clients).map((client) => client.close()));
  }
}

function openSubgraphClient(graph: Graph, name: string): GraphQLClient {
  const secret = graph.gatewayVariables[variableOf(name, 'SUBGRAPH_SECRETS')];
  return openGraphQLClient(graph.url(name).replace(/graphql$/, 'subgraph'), 1, secret);
}

function ratioPerPoint(latencies: Latencies<CostedVariant>, field: CostedVariant, base: CostedVariant): Ratio {
  const perPoint = (variant: CostedVariant): number[][] =>
    (latencies.get(variant) ?? []).map((round) => round.map((ms) => ms / variant.points));
  return ratioOf(perPoint(field), perPoint(base));
}

function readCostedSchema(service: string): GraphQLSchema {
  const schema = buildSchema(publicSdl(readSubgraphSdl(service)), { assumeValidSDL: true });
  setFieldCosts(schema, fieldCosts);
  return schema;
}

/** @throws Error if the query contains no operation. */
function pointsOf(schema: GraphQLSchema, query: string): number {
  const operation = getOperationAST(parse(query));
  if (!operation) throw new Error(`This query contains no single operation: ${query}`);
  return estimateCost({ schema, operation, fragments: new Map(), variables: {} });
}
