import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { buildSchema, GraphQLSchema, isScalarType, Kind } from 'graphql';

import { fieldCosts } from '../../schema/sdl/field-costs.js';
import { createScalars } from '../../schema/values/scalars.js';
import { InputError } from '../../services/kit/graphql/errors.js';
import { operationMemoryBytes } from '../../services/kit/graphql/operation-memory.js';
import { setFieldCosts } from '../../services/kit/graphql/query-cost.js';
import { CostInFlight, type CostShare } from '../../services/kit/limits/cost-in-flight.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import { withSpan } from '../../services/kit/observability/tracing.js';
import { execute } from '../execution/execute.js';
import type { IsOfType } from '../execution/fetch.js';
import { prepare } from '../execution/prepare.js';
import { createResponseNames } from '../execution/response-names.js';
import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import { createFindingsLog } from '../validation/findings-log.js';
import { createSubgraphTypesLookup } from '../validation/subgraph-types.js';
import { resolveConditions } from './conditions.js';
import { countExpandedSelections } from './expanded-selections.js';
import { createPlanner, type Planner, type PlannerOptions } from './planner.js';
import { tooManySelections, toOutcome } from './planning-errors.js';
import { type OperationToPrepare, PreparedOperations, type Waiting } from './prepared-operations.js';

/** An operation to execute. */
interface OperationRequest extends OperationToPrepare {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
  /** Whether the data of the result may contain raw JSON. Default: it is all parsed. */
  readonly acceptsRaw?: boolean | undefined;
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
  readonly prepare: (operation: OperationToPrepare) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface GraphOptions extends PlannerOptions {
  /** Returns a subgraph by its name and its URL in the supergraph. */
  readonly findSubgraph: (name: string, url: string) => Subgraph;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  /** For tests that share a planner. Default: one of its own. */
  readonly createPlanner?: typeof createPlanner | undefined;
}

/**
 * How many expanded selections an operation may have. Planning takes about 0.1 ms for each, with 3 countries or with 22, so that
 * an operation at this limit takes a tenth of the time that planning may take. The examples of the playground have up to 160,
 * or 1,100 with 22 countries.
 */
const maxExpandedSelections = 2_000;

/** What planning costs a client for each expanded selection: its budget of a minute then is at most ten seconds of planning. */
const planningCost = 20;

/**
 * Loads a supergraph.
 *
 * @throws Error with the reason when it cannot be used.
 */
export async function createGraph(supergraphSdl: string, options: GraphOptions): Promise<Graph> {
  const planner = await (options.createPlanner ?? createPlanner)(supergraphSdl, options);
  const { apiSdl, owners, possibleTypes, subgraphs: urls, subgraphSdls } = planner.facts;
  const schema = ofQueries(buildSchema(apiSdl));
  validateScalarInput(schema);
  setFieldCosts(schema, fieldCosts);
  const environment = {
    subgraphs: new Map(Object.entries(urls).map(([name, url]) => [name, options.findSubgraph(name, url)])),
    isOfType: createIsOfType(possibleTypes),
    ownerOf: (typename: string) => (Object.hasOwn(owners, typename) ? owners[typename] : undefined),
    onFindings: createFindingsLog(options.logger, options.metrics),
  };
  const findSubgraphTypes = await createSubgraphTypesLookup(subgraphSdls);
  const absentFields = new Map(
    Object.entries(planner.facts.absentFields).map(([name, fields]) => [name, new Set(fields)]),
  );
  const isOwned = (typename: string): boolean => environment.ownerOf(typename) !== undefined;
  const names = createResponseNames(planner.facts.plannerNames);
  const interfaceObjects = new Set(planner.facts.interfaceObjects);
  const plan = measurePlanning(options.metrics ?? noMetrics, planner.plan);
  const expansionFacts = { schema, ...planner.facts };
  const preparedOperations = new PreparedOperations(
    operationMemoryBytes / 2,
    async ({ document, operation, conditions = {} }, { client, cancellation, account }) => {
      const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
      const size = countExpandedSelections(expansionFacts, { operation, fragments }, maxExpandedSelections);
      if (size > maxExpandedSelections) throw tooManySelections(size, maxExpandedSelections);
      await account?.chargeAfterwards(size * planningCost);
      return prepare({
        schema,
        operation,
        fragments,
        conditions,
        isOwned,
        names,
        interfaceObjects,
        findSubgraphTypes,
        absentFields,
        plan: (text) => plan({ document: text, size, client, cancellation }),
      });
    },
  );

  const inFlight = new CostInFlight();

  options.metrics?.gauge(
    { name: 'prepared_operations_bytes', help: 'Size of the cache of prepared operations.' },
    () => preparedOperations.bytes,
  );

  return {
    schema,
    supergraphSdl,
    subgraphUrls: urls,
    execute: async (requested) => {
      const { variables, request, acceptsRaw } = requested;
      const operation = resolveConditions(requested, variables);
      const found = preparedOperations.get(operation, request);
      const prepared = found instanceof Promise ? await found : found;
      const share = inFlight.enter(request.client, request.account?.operationCost ?? 0);
      try {
        if (share?.granted) await waitUnlessCancelled(share, request.cancellation);
        const { bytes } = prepared.memory;
        const fetchesInTurn = share?.isWhole;
        const result = await execute({ ...environment, prepared, variables, request, acceptsRaw, fetchesInTurn });
        if (prepared.memory.bytes !== bytes) preparedOperations.remeasure(operation.key);
        return result;
      } finally {
        share?.leave();
      }
    },
    prepare: async (operation) => {
      await preparedOperations.get(resolveConditions(operation, {}), ofGateway());
    },
    close: planner.close,
  };
}

/** The gateway sends only queries, some of them twice: it has no mutations, whatever the subgraphs have. */
const ofQueries = (schema: GraphQLSchema): GraphQLSchema =>
  schema.getMutationType() || schema.getSubscriptionType()
    ? new GraphQLSchema({ ...schema.toConfig(), mutation: null, subscription: null })
    : schema;

/** An operation whose clients have all disconnected ends at its first fetch. */
async function waitUnlessCancelled({ granted }: CostShare, cancellation: CancellationToken): Promise<void> {
  let stopListening = (): void => undefined;
  const cancelled = new Promise<void>((resolve) => {
    stopListening = cancellation.onCancel(resolve);
  });
  if (!cancellation.isCancelled) await Promise.race([granted, cancelled]);
  stopListening();
}

/** For operations that no client has requested. */
const ofGateway = (): Waiting => ({ client: '', cancellation: new CancellationToken() });

function measurePlanning(metrics: Metrics, plan: Planner['plan']): Planner['plan'] {
  const observe = metrics.histogram({
    name: 'planning_duration_seconds',
    help: 'How long it took to plan operations, the wait for others included, and whether there was a plan.',
    labels: ['outcome'],
  });
  return async (job) => {
    const startedAt = performance.now();
    let outcome = 'OK';
    try {
      return await withSpan('plan', {}, () => plan(job));
    } catch (error) {
      outcome = toOutcome(error);
      throw error;
    } finally {
      observe({ outcome }, (performance.now() - startedAt) / 1000);
    }
  };
}

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
