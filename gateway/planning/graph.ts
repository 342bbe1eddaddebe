import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  isScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { fieldCosts } from '../../schema/sdl/field-costs.js';
import { createScalars } from '../../schema/values/scalars.js';
import { InputError } from '../../services/kit/graphql/errors.js';
import { setFieldCosts } from '../../services/kit/graphql/query-cost.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import { withSpan } from '../../services/kit/observability/tracing.js';
import { execute } from '../execution/execute.js';
import type { IsOfType } from '../execution/fetch.js';
import { type PreparedOperation, prepare } from '../execution/prepare.js';
import type { GatewayContext } from '../request/request-context.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import { createFindingsLog } from '../validation/findings-log.js';
import { createSubgraphTypesLookup } from '../validation/subgraph-types.js';
import { createPlanner, type Planner, type PlannerOptions } from './planner.js';

/** An operation to execute. */
interface OperationRequest {
  /** Identifies the text, and the operation in it. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
}

/** One loaded supergraph. */
export interface Graph {
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** The URLs of its subgraphs according to the supergraph, by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly execute: (operation: OperationRequest) => Promise<GatewayExecutionResult>;
  /** Plans an operation before it is requested. */
  readonly prepare: (operation: Pick<OperationRequest, 'key' | 'document' | 'operation'>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface GraphOptions extends PlannerOptions {
  /** Returns a subgraph by its name and its URL in the supergraph. */
  readonly findSubgraph: (name: string, url: string) => Subgraph;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** How many prepared operations are cached, together with those that cannot be planned. */
const maxPreparedOperations = 1_000;

/**
 * Loads a supergraph.
 *
 * @throws Error with the reason when it cannot be used.
 */
export async function createGraph(supergraphSdl: string, options: GraphOptions): Promise<Graph> {
  const planner = await createPlanner(supergraphSdl, options);
  const { apiSdl, owners, possibleTypes, subgraphs: urls, subgraphSdls } = planner.facts;
  const schema = buildSchema(apiSdl);
  validateScalarInput(schema);
  setFieldCosts(schema, fieldCosts);
  const environment = {
    subgraphs: new Map(Object.entries(urls).map(([name, url]) => [name, options.findSubgraph(name, url)])),
    isOfType: createIsOfType(possibleTypes),
    ownerOf: (typename: string) => (Object.hasOwn(owners, typename) ? owners[typename] : undefined),
    onFindings: createFindingsLog(options.logger, options.metrics),
  };
  const findSubgraphTypes = createSubgraphTypesLookup(subgraphSdls);
  const isOwned = (typename: string): boolean => environment.ownerOf(typename) !== undefined;
  const plan = measurePlanning(options.metrics ?? noMetrics, planner.plan);
  const preparedOperations = new LRUCache<string, Promise<PreparedOperation>>({ max: maxPreparedOperations });

  const prepareOnce = ({ key, document, operation }: Parameters<Graph['prepare']>[0]): Promise<PreparedOperation> => {
    let prepared = preparedOperations.get(key);
    if (!prepared) {
      prepared = prepare({ schema, document, operation, isOwned, findSubgraphTypes, plan });
      preparedOperations.set(key, prepared);
      // A permanent error stays in the cache; after a lack of time or memory the operation may be planned again.
      prepared.catch((error: unknown) => {
        if (!isPermanent(error)) preparedOperations.delete(key);
      });
    }
    return prepared;
  };

  return {
    schema,
    supergraphSdl,
    subgraphUrls: urls,
    execute: async (operation) => {
      const prepared = await prepareOnce(operation);
      return execute({ ...environment, prepared, variables: operation.variables, request: operation.request });
    },
    prepare: async (operation) => {
      await prepareOnce(operation);
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
    const startedAt = performance.now();
    let outcome = 'OK';
    try {
      return await withSpan('plan', {}, () => plan(text));
    } catch (error) {
      outcome = getErrorCode(error) ?? 'INTERNAL_SERVER_ERROR';
      throw error;
    } finally {
      observe({ outcome }, (performance.now() - startedAt) / 1000);
    }
  };
}

const getErrorCode = (error: unknown): string | undefined =>
  (error as { extensions?: { code?: string } } | null)?.extensions?.code;

const isPermanent = (error: unknown): boolean => getErrorCode(error) === 'QUERY_TOO_LARGE';

function createIsOfType(possibleTypes: Readonly<Record<string, readonly string[]>>): IsOfType {
  const possibleNames = new Map(Object.entries(possibleTypes).map(([name, types]) => [name, new Set<unknown>(types)]));
  return ({ __typename }, type) => __typename === type || (possibleNames.get(type)?.has(__typename) ?? false);
}

/**
 * Validates custom scalars in the gateway: a malformed date or address is rejected once, instead of by each requested
 * country.
 */
function validateScalarInput(schema: GraphQLSchema): void {
  const scalars = createScalars((code) => (message) => new InputError(code, message));
  for (const [name, checked] of Object.entries(scalars)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar))
      Object.assign(scalar, { parseValue: checked.parseValue, parseLiteral: checked.parseLiteral });
  }
}
