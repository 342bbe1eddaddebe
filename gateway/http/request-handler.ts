import type { IncomingHttpHeaders } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import { type ExecutedResponse, type GraphQLResponse, toGraphQLResponse } from '../cache/graphql-response.js';
import type { ResponseCache } from '../cache/response-cache.js';
import type { ServiceVersions, VersionPoller } from '../cache/subgraph-versions.js';
import type { DocumentStore } from '../documents/document-store.js';
import type { CancellationToken } from '../request/cancellation.js';
import { getRequestKey, type GraphQLParams } from '../request/graphql-request.js';
import type { GatewayContext } from '../request/request-context.js';
import { type ApolloInput, executeWithApollo } from './apollo-fallback.js';
import { createContext } from './create-context.js';
import { withDeadline } from './deadline.js';
import type { FastPath } from './fast-path.js';
import type { RawRequest } from './read-request.js';
import { createRequestDeduplicator, type JoinedCall } from './request-deduplication.js';

/** The response cache, and the versions by which its entries are current. */
interface CacheContext {
  readonly responses: ResponseCache;
  readonly versions: Pick<VersionPoller, 'current'>;
}

export interface RequestHandlerOptions {
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** Default: responses are not cached. Identical requests in flight still share one. */
  readonly cache?: CacheContext | undefined;
  readonly documents: DocumentStore;
  /** Default: Apollo Server executes all operations. */
  readonly fastPath?: FastPath | undefined;
}

/** The request that an operation came with. */
export interface RequestSource {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

interface PendingOperation {
  readonly input: ApolloInput;
  readonly params: GraphQLParams | undefined;
  readonly accept: string;
}

/**
 * Handles a request whose bytes are not in the cache: from the cache, with an identical request in flight, or by executing
 * it.
 */
export function createRequestHandler(
  server: ApolloServer<GatewayContext>,
  { timeoutMs, cache, documents, fastPath }: RequestHandlerOptions,
) {
  const joinOrExecute = createRequestDeduplicator<GraphQLResponse>(timeoutMs);

  const execute = async (
    { input, params, accept }: PendingOperation,
    context: GatewayContext,
  ): Promise<ExecutedResponse> => {
    const executed = params && (await fastPath?.execute(params, accept, context));
    if (executed) return executed;
    const executedByApollo = await executeWithApollo(server, input, context);
    fastPath?.rememberHeaders(accept, executedByApollo);
    return executedByApollo;
  };

  const executeAndCache = async (
    key: string | undefined,
    operation: PendingOperation,
    context: GatewayContext,
  ): Promise<GraphQLResponse> => {
    const versionsBefore = cache?.versions.current() ?? new Map<string, string>();
    const response = toGraphQLResponse(await execute(operation, context));
    if (!cache || key === undefined) return response;
    const { services } = context.outcome;
    if (!response.isCacheable) return cache.responses.getStale(key, services) ?? response;
    cache.responses.set(key, response, selectVersions(services.keys(), versionsBefore));
    return response;
  };

  return ({ bytes, accept, parse }: RawRequest, { headers, requestId }: RequestSource): JoinedCall<GraphQLResponse> => {
    const { httpRequest, params } = documents.resolve(parse());
    // A key that does not depend on how the request is written takes time to compute, which pays where responses are cached.
    const key = params && (cache ? getRequestKey(params, accept) : bytes);
    const cached = key === undefined ? undefined : cache?.responses.get(key, bytes);
    if (cached) return { result: Promise.resolve(cached), leave: () => undefined };
    const start = (cancellation: CancellationToken): Promise<GraphQLResponse> => {
      const context = createContext(headers, requestId, { cancellation, timeoutMs });
      const operation = { input: { httpRequest, headers }, params, accept };
      return withDeadline(executeAndCache(key, operation, context), cancellation, timeoutMs);
    };
    // One method may be rejected where the other is not, so requests of different methods do not share a call.
    return joinOrExecute(key === undefined ? null : `${httpRequest.method} ${key}`, start);
  };
}

/** A service of which no version is known gets an empty one, which differs from any later version. */
const selectVersions = (services: Iterable<string>, versions: ServiceVersions): ServiceVersions =>
  new Map([...services].map((service) => [service, versions.get(service) ?? '']));
