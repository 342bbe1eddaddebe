import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  isScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { createScalars } from '../../schema/values/scalars.js';
import { InputError } from '../../services/kit/graphql/errors.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import { withSpan } from '../../services/kit/observability/tracing.js';
import { execute } from '../execution/execute.js';
import type { IsOfType } from '../execution/fetch.js';
import { type PreparedOperation, prepare } from '../execution/prepare.js';
import type { GatewayContext } from '../request/request-context.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import { createPlanner, type Planner, type PlannerOptions } from './planner.js';

/** An operation that a client asks for. */
export interface OperationRequest {
  /** Names the text, and the operation chosen in it. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
}

/** What the gateway makes of one supergraph file. */
export interface Graph {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly execute: (asked: OperationRequest) => Promise<GatewayExecutionResult>;
  /** Plans an operation before anybody asks for it. */
  readonly prepare: (asked: Pick<OperationRequest, 'key' | 'document' | 'operation'>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface GraphOptions extends PlannerOptions {
  /** A subgraph by its name, and its address according to the supergraph. */
  readonly findSubgraph: (name: string, url: string) => Subgraph;
  readonly metrics?: Metrics | undefined;
}

/** How many operations are kept prepared, and how many are remembered as impossible to plan. */
const maxPreparedOperations = 1_000;

/**
 * Reads a supergraph and makes it answer.
 *
 * @throws Error with the reason when it cannot be used.
 */
export async function createGraph(supergraphSdl: string, options: GraphOptions): Promise<Graph> {
  const planner = await createPlanner(supergraphSdl, options);
  const { apiSdl, owners, possibleTypes, subgraphs: urls } = planner.facts;
  const schema = buildSchema(apiSdl);
  validateScalarInput(schema);
  const surroundings = {
    subgraphs: new Map(Object.entries(urls).map(([name, url]) => [name, options.findSubgraph(name, url)])),
    isOfType: createIsOfType(possibleTypes),
    ownerOf: (typename: string) => (Object.hasOwn(owners, typename) ? owners[typename] : undefined),
  };
  const isOwned = (typename: string): boolean => surroundings.ownerOf(typename) !== undefined;
  const plan = measurePlanning(options.metrics ?? noMetrics, planner.plan);
  const known = new LRUCache<string, Promise<PreparedOperation>>({ max: maxPreparedOperations });

  const prepareOnce = ({ key, document, operation }: Parameters<Graph['prepare']>[0]): Promise<PreparedOperation> => {
    let prepared = known.get(key);
    if (!prepared) {
      prepared = prepare({ schema, document, operation, isOwned, plan });
      known.set(key, prepared);
      // What is refused for what it is stays refused; what failed for want of time or room may be tried again.
      prepared.catch((error: unknown) => {
        if (!isPermanent(error)) known.delete(key);
      });
    }
    return prepared;
  };

  return {
    schema,
    supergraphSdl,
    execute: async (asked) => {
      const prepared = await prepareOnce(asked);
      return execute({ ...surroundings, prepared, variables: asked.variables, request: asked.request });
    },
    prepare: async (asked) => {
      await prepareOnce(asked);
    },
    close: planner.close,
  };
}

function measurePlanning(metrics: Metrics, plan: Planner['plan']): Planner['plan'] {
  const observe = metrics.histogram({
    name: 'planning_duration_seconds',
    help: 'How long it took to plan operations, the wait for others included, and whether there was a plan.',
    labels: ['outcome'],
  });
  return async (text) => {
    const begun = performance.now();
    let outcome = 'OK';
    try {
      return await withSpan('plan', {}, () => plan(text));
    } catch (error) {
      outcome = getErrorCode(error) ?? 'INTERNAL_SERVER_ERROR';
      throw error;
    } finally {
      observe({ outcome }, (performance.now() - begun) / 1000);
    }
  };
}

const getErrorCode = (error: unknown): string | undefined =>
  (error as { extensions?: { code?: string } } | null)?.extensions?.code;

const isPermanent = (error: unknown): boolean => getErrorCode(error) === 'QUERY_TOO_LARGE';

function createIsOfType(possibleTypes: Readonly<Record<string, readonly string[]>>): IsOfType {
  const possible = new Map(Object.entries(possibleTypes).map(([name, types]) => [name, new Set<unknown>(types)]));
  return ({ __typename }, type) => __typename === type || (possible.get(type)?.has(__typename) ?? false);
}

/** A malformed day or address is refused here once, instead of by every country that is asked with it. */
function validateScalarInput(schema: GraphQLSchema): void {
  const scalars = createScalars((code) => (message) => new InputError(code, message));
  for (const [name, checked] of Object.entries(scalars)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar))
      Object.assign(scalar, { parseValue: checked.parseValue, parseLiteral: checked.parseLiteral });
  }
}
