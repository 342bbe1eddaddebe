import type { IncomingHttpHeaders } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import { type GraphQLResponse, type ExecutedResponse, toGraphQLResponse } from '../cache/cached-response.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { createRequestDeduplicator, type JoinedCall } from './request-deduplication.js';
import type { ServiceVersions, VersionPoller } from '../cache/subgraph-versions.js';
import type { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import { createContext } from './create-context.js';
import { withDeadline } from './deadline.js';
import type { DocumentStore } from '../documents/document-store.js';
import { executeWithApollo, type ApolloInput } from './apollo-fallback.js';
import { getRequestKey, type GraphQLParams } from '../request/graphql-request.js';
import type { RawRequest } from './read-request.js';
import type { FastPath } from './fast-path.js';

/** What is known of the services of the graph, and which answers are kept by that. */
export interface CacheContext {
  readonly responses: ResponseCache;
  readonly versions: Pick<VersionPoller, 'current'>;
}

export interface RequestHandlerOptions {
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** Undefined: no answer is given twice, but to those who ask at the same time. */
  readonly cache?: CacheContext | undefined;
  readonly documents: DocumentStore;
  /** Undefined: Apollo Server answers everything. */
  readonly fastPath?: FastPath | undefined;
}

/** Who asks. */
export interface RequestSource {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

interface PendingOperation {
  readonly input: ApolloInput;
  readonly params: GraphQLParams | undefined;
  readonly accept: string;
}

/** Answers what was not asked in these bytes before: from memory, with others who ask the same, or anew. */
export function createRequestHandler(
  server: ApolloServer<GatewayContext>,
  { timeoutMs, cache: memory, documents, fastPath: shortCut }: RequestHandlerOptions,
) {
  const join = createRequestDeduplicator<GraphQLResponse>(timeoutMs);

  const make = async (
    { input: sent, params: question, accept }: PendingOperation,
    context: GatewayContext,
  ): Promise<ExecutedResponse> => {
    const made = question && (await shortCut?.execute(question, accept, context));
    if (made) return made;
    const byServer = await executeWithApollo(server, sent, context);
    shortCut?.rememberHeaders(accept, byServer);
    return byServer;
  };

  const makeAnew = async (
    key: string | undefined,
    wanted: PendingOperation,
    context: GatewayContext,
  ): Promise<GraphQLResponse> => {
    const before = memory?.versions.current() ?? new Map<string, string>();
    const answer = toGraphQLResponse(await make(wanted, context));
    if (!memory || key === undefined) return answer;
    const { services } = context.outcome;
    if (!answer.isCacheable) return memory.responses.getStale(key, services) ?? answer;
    memory.responses.set(key, answer, selectVersions(services.keys(), before));
    return answer;
  };

  return (
    { bytes, accept, parse: read }: RawRequest,
    { headers, requestId }: RequestSource,
  ): JoinedCall<GraphQLResponse> => {
    const { httpRequest: form, params: question } = documents.resolve(read());
    // To find what is the same however it is written takes time, which pays where answers are kept.
    const key = question && (memory ? getRequestKey(question, accept) : bytes);
    const kept = key === undefined ? undefined : memory?.responses.get(key, bytes);
    if (kept) return { result: Promise.resolve(kept), leave: () => undefined };
    const begin = (cancellation: CancellationToken): Promise<GraphQLResponse> => {
      const context = createContext(headers, requestId, { cancellation, timeoutMs });
      return withDeadline(
        makeAnew(key, { input: { httpRequest: form, headers }, params: question, accept }, context),
        cancellation,
        timeoutMs,
      );
    };
    // One method may be refused where the other is not, so nobody joins those who ask by another.
    return join(key === undefined ? null : `${form.method} ${key}`, begin);
  };
}

/** Of a service that nothing is known of, any version is another one. */
const selectVersions = (services: Iterable<string>, known: ServiceVersions): ServiceVersions =>
  new Map([...services].map((service) => [service, known.get(service) ?? '']));
