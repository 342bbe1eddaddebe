import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { GraphQLError } from 'graphql';

import { type HeaderValue, newRequestId, newTraceparent, parseRequestId, parseTraceparent } from './trace-context.js';
import { currentTraceparent } from './tracing.js';

/** What is known of the request that is being served, wherever it is needed: in the log, at the database. */
export interface RequestContext {
  /** Names the request in every log. */
  readonly requestId: string;
  /** W3C Trace Context: the span of this request, or where its sender stands when this process records none. */
  readonly traceparent: string;
  /** Aborted when the time is up and when the client leaves, with the error that a client would be told. */
  readonly signal: AbortSignal;
  /** Whether it may be answered with what was so some moments ago, as read replicas have it. Who has to know better says so. */
  allowReplicaReads?: boolean;
}

/** How long a request may take whose sender sets no time. */
export const defaultDeadlineMs = 10_000;

const contexts = new AsyncLocalStorage<RequestContext>();

/** The request that is being served; undefined in work that nobody asked for. */
export const currentRequest = (): RequestContext | undefined => contexts.getStore();

/** Lets the request that is being served read at a replica from now on, or not any more. */
export function allowReplica(mayLag: boolean): void {
  const scope = currentRequest();
  if (scope) scope.allowReplicaReads = mayLag;
}

/** Serves a request: whatever `work` begins, and whatever comes of it, can ask for `scope`. */
export const runInContext = <Result>(scope: RequestContext, work: () => Result): Result => contexts.run(scope, work);

/**
 * Reads what a request says of itself, and watches its time and its client until the answer has gone out.
 *
 * @param isTrusted whether the sender may set the time and name the request, as the gateway may and a stranger may not.
 */
export function createRequestContext(
  { headers }: Pick<IncomingMessage, 'headers'>,
  response: ServerResponse,
  isTrusted: boolean,
): RequestContext {
  const told = isTrusted ? headers : {};
  const over = new AbortController();
  // Every statement listens, and more than ten are no leak.
  setMaxListeners(0, over.signal);
  const end = (): void => {
    over.abort(deadlineExceeded());
  };
  const timer = setTimeout(end, parseDeadline(told['x-deadline-ms']));
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) end();
  });
  return {
    requestId: parseRequestId(told['x-request-id']) ?? newRequestId(),
    traceparent: currentTraceparent() ?? parseTraceparent(told['traceparent']) ?? newTraceparent(),
    signal: over.signal,
  };
}

/** Milliseconds that are left, as the gateway counts them down: relative, so that clocks need not agree. */
const parseDeadline = (header: HeaderValue): number =>
  typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : defaultDeadlineMs;

const deadlineExceeded = (): GraphQLError =>
  new GraphQLError('The time for this request is over.', { extensions: { code: 'DEADLINE_EXCEEDED' } });
