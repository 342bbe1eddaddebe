import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';

import { createKnownOperations } from '../../services/kit/graphql/known-operations.js';
import { operationMemoryBytes } from '../../services/kit/graphql/operation-memory.js';
import { RememberedHeaders } from '../../services/kit/http/remembered-headers.js';
import { estimateKnownCost, limits } from '../../services/kit/graphql/operation-limits.js';
import type { ExecutedResponse } from '../cache/graphql-response.js';
import { parseRaw, toJsonLine } from '../raw/raw-json.js';
import { maxAgeFor, getCatalogueStates } from '../cache/apollo-plugins.js';
import type { VersionPoller } from '../cache/subgraph-versions.js';
import type { SourceOperation } from '../planning/supergraph.js';
import type { GatewayContext } from '../request/request-context.js';
import type { GraphQLParams } from '../request/graphql-request.js';

export interface FastPathOptions {
  /** The schema that is currently served. */
  readonly schema: () => GraphQLSchema;
  readonly execute: (operation: SourceOperation) => Promise<GatewayExecutionResult>;
  /** Knows the countries whose data in the index may be outdated. */
  readonly versions: Pick<VersionPoller, 'outdatedCountries'>;
}

/**
 * A fast path for known operations: it bypasses Apollo Server for operations that Apollo Server has validated before. Apollo
 * Server would parse, look up and wrap for each request what does not change between them, which takes longer than all the
 * rest. Requests that are rejected or incomplete still go through Apollo Server, so that all errors are formatted in one
 * place.
 */
export interface FastPath {
  /** Remembers the operations that Apollo Server has validated. */
  readonly plugin: ApolloServerPlugin<GatewayContext>;
  /** Remembers the headers of a successful response to this `Accept` header. */
  readonly rememberHeaders: (accept: string, response: ExecutedResponse) => void;
  /** Null: Apollo Server has to respond. A result that was computed before is in `context.executionResult`. */
  readonly execute: (
    params: GraphQLParams,
    accept: string,
    context: GatewayContext,
  ) => Promise<ExecutedResponse | null>;
}

export function createFastPath({ schema, execute, versions }: FastPathOptions): FastPath {
  const operations = createKnownOperations(schema, operationMemoryBytes / 4);
  const rememberedHeaders = new RememberedHeaders();
  return {
    plugin: operations.plugin,
    rememberHeaders: (accept, response) => {
      rememberedHeaders.remember(accept, response);
    },
    execute: async (params, accept, context) => {
      const headers = rememberedHeaders.get(accept);
      const known = headers && params.query !== null ? operations.find(params.query, params.operationName) : undefined;
      if (!headers || !known) return null;
      const { document } = known;
      const resolved = { ...known, variables: params.variables ?? {}, context, acceptsRaw: true };
      // The sizes of its variables were checked when the request was parsed.
      const cost = estimateKnownCost(resolved);
      if (cost > limits.cost) return null;
      if (context.account) await context.account.chargeOperation(cost);
      const startedAt = Date.now();
      const result = await execute(resolved);
      if (result.errors || !result.data) {
        context.executionResult = result.data ? { ...result, data: parseRaw(result.data) } : result;
        return null;
      }
      const operationContext = { schema: resolved.schema, document, operationName: params.operationName };
      const catalogues = getCatalogueStates(operationContext, context.outcome, versions);
      const payload = { data: result.data, ...(catalogues && { extensions: { catalogues } }) };
      const body = toJsonLine(payload);
      return { status: 200, headers, body, startedAt, maxAgeSeconds: maxAgeFor(operationContext, context.outcome) };
    },
  };
}
