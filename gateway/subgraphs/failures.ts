import { errors } from 'undici';

import { SubgraphFailure } from './subgraph.js';

/** The gateway gave a fetch up for a reason that says nothing of the subgraph: it had too little time left for it. */
export class Withdrawn extends SubgraphFailure {}

/** Nobody waits for the answer any longer. */
export class Left extends Withdrawn {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'whoever asked has left');
  }
}

/** The subgraph was not asked at all, because it failed too often just now. */
export class NotAsked extends SubgraphFailure {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'it failed too often, and is not asked for a while');
  }
}

export const badResponse = (reason: string): SubgraphFailure => new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', reason);

/** Says what an error of undici means for whoever asked. */
export function failureOf(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const reason = `${codeOf(error)} ${error instanceof Error ? error.message : ''}`.trim();
  if (isUnusable(error)) return badResponse(reason);
  if (error instanceof errors.ConnectTimeoutError) return new SubgraphFailure('SUBGRAPH_TIMEOUT', reason);
  return new SubgraphFailure('SUBGRAPH_UNAVAILABLE', reason);
}

const isUnusable = (error: unknown): boolean =>
  error instanceof errors.ResponseExceededMaxSizeError ||
  error instanceof errors.HeadersOverflowError ||
  error instanceof errors.HTTPParserError;

/**
 * What may go well a moment later: nobody listens just now, the connection was closed while the request was on its way,
 * the name is unknown while it moves to a new address. A timeout is none of these: there would be no time left.
 */
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ENOTFOUND', 'EAI_AGAIN']);

export const isPassing = (error: unknown): boolean => passing.has(codeOf(error));

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};
