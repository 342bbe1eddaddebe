import { setTimeout as wait } from 'node:timers/promises';

import type { ConnectionPool, RequestIds } from './connection-pool.js';
import type { HttpExchange, HttpResponse } from './http-exchange.js';
import { badResponse, toSubgraphError, isTransient } from './failures.js';
import { SubgraphError } from './subgraph.js';

/** What is sent, and until when its answer is waited for, in milliseconds of `performance.now()`. */
export interface SubgraphRequest {
  readonly body: string;
  readonly ids: RequestIds;
  readonly deadline: number;
}

const maxRetryDelayMs = 50;

/**
 * A question on its way. It is sent once more when the connection failed before an answer began. Nothing is lost by that:
 * all that the gateway asks is to read. Those who lost the same connection don't come back in the same moment.
 */
export class RetryingFetch {
  /** JSON, as the subgraph says. */
  readonly text: Promise<string>;
  wasRetried = false;
  readonly #connection: ConnectionPool;
  readonly #question: SubgraphRequest;
  #exchange: HttpExchange;
  #cancelled: SubgraphError | undefined;

  constructor(connection: ConnectionPool, question: SubgraphRequest) {
    this.#connection = connection;
    this.#question = question;
    this.#exchange = this.#send();
    this.text = this.#read();
  }

  cancel(failure: SubgraphError): void {
    this.#cancelled = failure;
    this.#exchange.cancel(failure);
  }

  async #read(): Promise<string> {
    try {
      return toResponseText(await this.#exchange.response);
    } catch (error) {
      if (!this.#isWorthAnother(error)) throw toSubgraphError(error);
    }
    await wait(maxRetryDelayMs * (0.2 + 0.8 * Math.random()));
    if (this.#cancelled) throw this.#cancelled;
    this.wasRetried = true;
    this.#exchange = this.#send();
    try {
      return toResponseText(await this.#exchange.response);
    } catch (error) {
      throw toSubgraphError(error);
    }
  }

  #send(): HttpExchange {
    const { body, ids: names } = this.#question;
    return this.#connection.send(body, names, this.#msLeft());
  }

  #isWorthAnother(error: unknown): boolean {
    return !this.#exchange.hasResponseStarted && isTransient(error) && this.#msLeft() > maxRetryDelayMs;
  }

  #msLeft(): number {
    return this.#question.deadline - performance.now();
  }
}

/** A proxy that lost the subgraph, or a subgraph with too much to do, says so in a page of its own. */
const unavailableStatuses = new Set([502, 503, 504]);

function toResponseText({ status, type, text }: HttpResponse): string {
  if (unavailableStatuses.has(status))
    throw new SubgraphError('SUBGRAPH_UNAVAILABLE', `it answered with status ${status}`);
  // Nobody but the operator can mend that, so the log has to say it: in the answer it would be an error like any other.
  if (status === 401) throw badResponse('it refuses the secret that it is shown, with status 401');
  if (!type.includes('json')) throw badResponse(`it answered with status ${status}, and not with JSON`);
  return text;
}
