import { errors } from 'undici';

import { SubgraphError } from './subgraph.js';

/** The gateway aborted a fetch for a reason that shows nothing about the subgraph: too little time was left for it. */
export class FetchAbortedError extends SubgraphError {}

/** No client waits for the response any longer. */
export class ClientDisconnectedError extends FetchAbortedError {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'the client disconnected');
  }
}

/** No request was sent, because the subgraph's circuit breaker is open. */
export class CircuitOpenError extends SubgraphError {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'the circuit breaker is open');
  }
}

/** The subgraph became silent while the fetch was in flight. How long that one waited shows nothing. */
export class SilentSubgraphError extends FetchAbortedError {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'it does not respond to polls either');
  }
}

export const badResponse = (reason: string): SubgraphError => new SubgraphError('SUBGRAPH_BAD_RESPONSE', reason);

/** Translates an error of undici. */
export function toSubgraphError(error: unknown): SubgraphError {
  if (error instanceof SubgraphError) return error;
  const reason = `${getErrorCode(error)} ${error instanceof Error ? error.message : ''}`.trim();
  if (isUnusableResponse(error)) return badResponse(reason);
  if (error instanceof errors.ConnectTimeoutError) return new SubgraphError('SUBGRAPH_TIMEOUT', reason);
  return new SubgraphError('SUBGRAPH_UNAVAILABLE', reason);
}

const isUnusableResponse = (error: unknown): boolean =>
  error instanceof errors.ResponseExceededMaxSizeError ||
  error instanceof errors.HeadersOverflowError ||
  error instanceof errors.HTTPParserError;

/**
 * Errors that may be over a moment later: no process listens on the port, the connection was closed while the request was in
 * flight, the name is unknown while it moves to a new address. A timeout is not among them: no time would be left for a
 * retry.
 */
const transientCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ENOTFOUND', 'EAI_AGAIN']);

export const isTransient = (error: unknown): boolean => transientCodes.has(getErrorCode(error));

const getErrorCode = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};
