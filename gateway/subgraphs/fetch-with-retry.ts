import { setTimeout as wait } from 'node:timers/promises';

import type { ConnectionPool, RequestIds } from './connection-pool.js';
import type { HttpExchange, HttpResponse } from './http-exchange.js';
import { badResponse, toSubgraphError, isTransient } from './failures.js';
import { type ScanBody, SubgraphError } from './subgraph.js';

/** One request to a subgraph. */
export interface SubgraphRequest {
  readonly body: string;
  readonly ids: RequestIds;
  /** In milliseconds of `performance.now()`. */
  readonly deadline: number;
  /** Reads the response without parsing it, if it can. */
  readonly scan?: ScanBody | undefined;
}

const maxRetryDelayMs = 50;

/**
 * A fetch that is retried once if the connection fails before the response starts. That is safe, because the gateway only
 * sends queries. The delay is random, so that requests that lost the same connection do not all return at the same moment.
 */
export class RetryingFetch {
  /** The response body: JSON, by its content type. */
  readonly body: Promise<Buffer>;
  wasRetried = false;
  readonly #connections: ConnectionPool;
  readonly #request: SubgraphRequest;
  #exchange: HttpExchange;
  #cancelledBy: SubgraphError | undefined;

  constructor(connections: ConnectionPool, request: SubgraphRequest) {
    this.#connections = connections;
    this.#request = request;
    this.#exchange = this.#send();
    this.body = this.#exchange.response.then(toResponseBody, (error: unknown) => this.#retry(error));
  }

  cancel(error: SubgraphError): void {
    this.#cancelledBy = error;
    this.#exchange.cancel(error);
  }

  async #retry(reason: unknown): Promise<Buffer> {
    if (!this.#canRetry(reason)) throw toSubgraphError(reason);
    await wait(maxRetryDelayMs * (0.2 + 0.8 * Math.random()));
    if (this.#cancelledBy) throw this.#cancelledBy;
    this.wasRetried = true;
    this.#exchange = this.#send();
    try {
      return toResponseBody(await this.#exchange.response);
    } catch (error) {
      throw toSubgraphError(error);
    }
  }

  #send(): HttpExchange {
    const { body, ids: names } = this.#request;
    return this.#connections.send(body, names, this.#msLeft());
  }

  #canRetry(error: unknown): boolean {
    return !this.#exchange.hasResponseStarted && isTransient(error) && this.#msLeft() > maxRetryDelayMs;
  }

  #msLeft(): number {
    return this.#request.deadline - performance.now();
  }
}

/** A proxy that cannot reach the subgraph, or an overloaded subgraph, responds with such a status, and not with GraphQL. */
const unavailableStatuses = new Set([502, 503, 504]);

function toResponseBody({ status, type, body }: HttpResponse): Buffer {
  if (unavailableStatuses.has(status))
    throw new SubgraphError('SUBGRAPH_UNAVAILABLE', `it responded with status ${status}`);
  // Only the operator can correct that, so the log has to name it: in the response it would be an error like any other.
  if (status === 401) throw badResponse("it rejects the gateway's secret with status 401");
  if (!type.includes('json')) throw badResponse(`it responded with status ${status} and without JSON`);
  return body;
}
