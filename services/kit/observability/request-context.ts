import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { BulkheadPolicy } from 'cockatiel';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { CostAccount } from '../limits/cost-budget.js';
import { onceClosed } from '../once-closed.js';
import {
  getTraceId,
  type HeaderValue,
  newRequestId,
  newTraceparent,
  parseRequestId,
  parseTraceparent,
} from './trace-context.js';
import { currentTraceparent } from './tracing.js';

/**
 * A request, for all that serves it: the log, the database. It is passed on, because `AsyncLocalStorage` would make every promise of the
 * process more expensive.
 */
export interface RequestContext {
  /** Identifies the request in every log. */
  readonly requestId: string;
  /** W3C Trace Context: the span of this request, or that of its sender if this process records none. */
  readonly traceparent: string;
  /** Aborted at the deadline and when the client disconnects, with the error for the client. */
  readonly signal: AbortSignal;
  /** Whether it may be served from read replicas, which may lag behind the primary by some moments. Default: no. */
  allowReplicaReads?: boolean;
  /** What its client is charged for it. Default: nothing is charged. */
  account?: CostAccount | undefined;
  /** The operation that is executed, once it is known. */
  operation?: RequestedOperation;
  /** The result with errors of its operation, for Apollo Server to format. Default: it is not executed yet. */
  executed?: ExecutionResult;
  /** Bounds the statements of its client that are executed at the same time. Default: nothing does. */
  statements?: BulkheadPolicy | undefined;
}

/** An operation of a validated document. */
export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The time limit of a request whose sender sets none. */
export const defaultDeadlineMs = 10_000;

/** What resolvers share, as far as the kit knows it. */
export interface RequestScope {
  readonly request: RequestContext;
}

/** What identifies a request in a log; nothing outside of requests. */
export const toLogIds = (request: RequestContext | undefined): object =>
  request ? { requestId: request.requestId, traceId: getTraceId(request.traceparent) } : {};

/**
 * Parses the headers of a request, and aborts its signal at its deadline or when its client disconnects before the response is
 * sent.
 *
 * @param isTrusted whether the sender may set the deadline and the id of the request: the gateway may, other clients may not.
 */
export function createRequestContext(
  { headers }: Pick<IncomingMessage, 'headers'>,
  response: ServerResponse,
  isTrusted: boolean,
): RequestContext {
  const trusted = isTrusted ? headers : {};
  const controller = new AbortController();
  // Every statement adds a listener; more than ten are not a leak.
  setMaxListeners(0, controller.signal);
  const abort = (): void => {
    controller.abort(deadlineExceeded());
  };
  const timer = setTimeout(abort, parseDeadline(trusted['x-deadline-ms']));
  onceClosed(response, () => {
    clearTimeout(timer);
    if (!response.writableFinished) abort();
  });
  return {
    requestId: parseRequestId(trusted['x-request-id']) ?? newRequestId(),
    traceparent: currentTraceparent() ?? parseTraceparent(trusted['traceparent']) ?? newTraceparent(),
    signal: controller.signal,
  };
}

/** The remaining milliseconds, which the gateway counts down: relative, so that clocks need not agree. */
const parseDeadline = (header: HeaderValue): number =>
  typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : defaultDeadlineMs;

const deadlineExceeded = (): GraphQLError =>
  new GraphQLError('The request exceeded its deadline.', { extensions: { code: 'DEADLINE_EXCEEDED' } });
