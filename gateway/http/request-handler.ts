import type { IncomingHttpHeaders } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import {
  type ExecutedResponse,
  type GraphQLResponse,
  toGraphQLResponse,
  toOwnBuffer,
} from '../cache/graphql-response.js';
import type { ResponseCache } from '../cache/response-cache.js';
import type { ServiceVersions, VersionPoller } from '../cache/subgraph-versions.js';
import { isClientLimit } from '../../services/kit/http-error.js';
import type { CostAccount } from '../../services/kit/limits/cost-budget.js';
import type { ExecutionSlots } from '../../services/kit/limits/execution-slots.js';
import { Turns } from '../../services/kit/limits/turns.js';
import type { DocumentStore } from '../documents/document-store.js';
import type { CancellationToken } from '../request/cancellation.js';
import { getRequestKey, type GraphQLParams } from '../request/graphql-request.js';
import type { GatewayContext } from '../request/request-context.js';
import { type ApolloInput, executeByApollo } from './apollo-fallback.js';
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
  /** Bounds how many operations are executed at the same time. Default: nothing does. */
  readonly slots?: ExecutionSlots | undefined;
}

/** The request that an operation came with. */
export interface RequestSource {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** Its client, who has a share of the slots. */
  readonly client: string;
  /** What an execution is charged to. Undefined: clients have no budget. */
  readonly account: CostAccount | undefined;
  /** What to do when the client disconnects; the handler replaces it as the request proceeds. */
  leave: () => void;
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
  { timeoutMs, cache, documents, fastPath, slots }: RequestHandlerOptions,
) {
  const calls = createRequestDeduplicator<GraphQLResponse>(timeoutMs);
  const turns = new Turns();

  const execute = async (
    { input, params, accept }: PendingOperation,
    context: GatewayContext,
  ): Promise<ExecutedResponse> => {
    const executed = params && (await fastPath?.execute(params, accept, context));
    if (executed) return executed;
    // Parsing and validating take milliseconds, which add up if one client sends many texts at once.
    await turns.take(context.client, params?.query?.length ?? 0);
    const executedByApollo = await executeByApollo(server, input, context);
    if (context.account?.rejection) throw context.account.rejection;
    fastPath?.rememberHeaders(accept, executedByApollo);
    return executedByApollo;
  };

  /** @param key by which the response is cached. Undefined: it is not. */
  const executeAndCache = async (
    key: string | undefined,
    operation: PendingOperation,
    context: GatewayContext,
  ): Promise<GraphQLResponse> => {
    if (!cache || key === undefined) return toGraphQLResponse(await execute(operation, context));
    const versionsBefore = cache.versions.current();
    const response = toGraphQLResponse(await execute(operation, context));
    const { services } = context.outcome;
    if (!response.isCacheable) return cache.responses.getStale(key, services) ?? response;
    const stored = { ...response, body: toOwnBuffer(response.body) };
    cache.responses.set(key, stored, selectVersions(services.keys(), versionsBefore));
    return stored;
  };

  const follow = ({ result, leave }: JoinedCall<GraphQLResponse>, source: RequestSource): Promise<GraphQLResponse> => {
    source.leave = leave;
    return result;
  };

  return async ({ bytes, accept, parse }: RawRequest, source: RequestSource): Promise<GraphQLResponse> => {
    if (bytes.length > largeBytes) await turns.take(source.client, bytes.length);
    const { httpRequest, params } = documents.resolve(parse());
    const { headers, client, account } = source;
    const usedCache = mayStore(headers) ? cache : undefined;
    // A key that does not depend on how the request is written takes time to compute, which pays where responses are cached.
    const key = params && (usedCache ? getRequestKey(params, accept) : bytes);
    const cached = key === undefined ? undefined : usedCache?.responses.get(key, bytes);
    if (cached) return cached;
    const start = (cancellation: CancellationToken): Promise<GraphQLResponse> => {
      const context = createContext(headers, source, { cancellation, timeoutMs, account });
      const operation = { input: { httpRequest, headers }, params, accept };
      return withDeadline(executeAndCache(usedCache && key, operation, context), cancellation, timeoutMs);
    };
    // One method may be rejected where the other is not, so requests of different methods do not share a call. Bytes begin with it.
    let callKey = key === undefined ? null : key === bytes ? bytes : `${httpRequest.method} ${key}`;
    // A call in flight has its slot and is charged to the client that started it; if that client may not, this one still may.
    const joined = callKey === null ? undefined : calls.join(callKey);
    if (joined) {
      const response = await follow(joined, source).catch(ignoreClientLimit);
      if (response) return response;
      callKey = null;
    }
    const slot = slots?.take(client);
    try {
      if (slot?.granted) {
        source.leave = slot.leave;
        await slot.granted;
      }
      const call = calls.joinOrStart(callKey, start);
      if (call.isNew) return await follow(call, source);
      return (
        (await follow(call, source).catch(ignoreClientLimit)) ?? (await follow(calls.joinOrStart(null, start), source))
      );
    } finally {
      slot?.leave();
    }
  };
}

/** Whether the response may be stored: a client that reads a long list page by page declines that (RFC 9111, 5.2.1.5). */
const mayStore = ({ 'cache-control': directives = '' }: IncomingHttpHeaders): boolean =>
  directives === '' || !/(?:^|[\s,])no-store(?:$|[\s,])/i.test(directives);

/** Parsing a larger request takes milliseconds as well. */
const largeBytes = 64 * 1024;

/** A limit of the client that started a call says nothing about the others who joined it. */
function ignoreClientLimit(error: unknown): undefined {
  if (!isClientLimit(error)) throw error;
}

/** A service of which no version is known gets an empty one, which differs from any later version. */
const selectVersions = (services: Iterable<string>, versions: ServiceVersions): ServiceVersions =>
  new Map([...services].map((service) => [service, versions.get(service) ?? '']));
