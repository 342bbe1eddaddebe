import { errors } from 'undici';

import { SubgraphError } from './subgraph.js';

/** The gateway gave a fetch up for a reason that says nothing of the subgraph: it had too little time left for it. */
export class FetchAbortedError extends SubgraphError {}

/** Nobody waits for the answer any longer. */
export class ClientDisconnectedError extends FetchAbortedError {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'whoever asked has left');
  }
}

/** The subgraph was not asked at all, because it failed too often just now. */
export class CircuitOpenError extends SubgraphError {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'it failed too often, and is not asked for a while');
  }
}

export const badResponse = (reason: string): SubgraphError => new SubgraphError('SUBGRAPH_BAD_RESPONSE', reason);

/** Says what an error of undici means for whoever asked. */
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
 * What may go well a moment later: nobody listens just now, the connection was closed while the request was on its way,
 * the name is unknown while it moves to a new address. A timeout is none of these: there would be no time left.
 */
const transientCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ENOTFOUND', 'EAI_AGAIN']);

export const isTransient = (error: unknown): boolean => transientCodes.has(getErrorCode(error));

const getErrorCode = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};
