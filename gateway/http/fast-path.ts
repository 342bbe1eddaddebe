import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { checkCost } from '../../services/kit/graphql/operation-limits.js';
import type { ExecutedResponse } from '../cache/graphql-response.js';
import { maxAgeFor, getCatalogueStates } from '../cache/apollo-plugins.js';
import type { VersionPoller } from '../cache/subgraph-versions.js';
import type { SourceOperation } from '../planning/supergraph.js';
import type { GatewayContext } from '../request/request-context.js';
import type { GraphQLParams } from '../request/graphql-request.js';
import type { RawHeaders } from '../../services/kit/http-error.js';

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

type ValidatedOperation = Pick<SourceOperation, 'schema' | 'document' | 'operation' | 'queryHash' | 'source'>;

/** The length of all cached operation texts together. An operation with its document takes about twenty times the memory. */
const maxTextLength = 2_000_000;
const maxHeaderSets = 100;

export function createFastPath({ schema, execute, versions }: FastPathOptions): FastPath {
  const operations = new LRUCache<string, ValidatedOperation>({
    maxSize: maxTextLength,
    sizeCalculation: (_operation, key) => key.length,
  });
  const headersByAccept = new LRUCache<string, RawHeaders>({ max: maxHeaderSets });

  const findOperation = ({ query, operationName }: GraphQLParams): ValidatedOperation | undefined => {
    const operation = query === null ? undefined : operations.get(getOperationKey(query, operationName));
    return operation?.schema === schema() && operation.source === query ? operation : undefined;
  };

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ request, source, queryHash, document, operation, ...of }) => {
            if (operation)
              operations.set(getOperationKey(source, request.operationName ?? null), {
                schema: of.schema,
                document,
                operation,
                queryHash,
                source,
              });
            return Promise.resolve();
          },
        }),
    },
    rememberHeaders: (accept, { status, headers }) => {
      if (status === 200) headersByAccept.set(accept, headers);
    },
    execute: async (params, accept, context) => {
      const headers = headersByAccept.get(accept);
      const validated = headers && findOperation(params);
      if (!validated) return null;
      const variables = params.variables ?? {};
      const { document, operation } = validated;
      if (checkCost({ schema: validated.schema, document, operation, variables })) return null;
      const startedAt = Date.now();
      const result = await execute({ ...validated, variables, context });
      if (result.errors || !result.data) {
        context.executionResult = result;
        return null;
      }
      const operationContext = { schema: validated.schema, document, operationName: params.operationName };
      const catalogues = getCatalogueStates(operationContext, context.outcome, versions);
      const payload = { data: result.data, ...(catalogues && { extensions: { catalogues } }) };
      const body = Buffer.from(`${JSON.stringify(payload)}\n`);
      return { status: 200, headers, body, startedAt, maxAgeSeconds: maxAgeFor(operationContext, context.outcome) };
    },
  };
}

/** A name contains no line break, so the key is unambiguous. */
const getOperationKey = (source: string, operationName: string | null): string => `${operationName ?? ''}\n${source}`;
