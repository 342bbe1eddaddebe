import { setTimeout as wait } from 'node:timers/promises';

import type { Connection, RequestNames } from './connection-pool.js';
import type { Exchange, HttpAnswer } from './http-exchange.js';
import { badResponse, failureOf, isPassing } from './failures.js';
import { SubgraphFailure } from './subgraph.js';

/** What is sent, and until when its answer is waited for, in milliseconds of `performance.now()`. */
export interface Question {
  readonly body: string;
  readonly names: RequestNames;
  readonly end: number;
}

const longestPauseMs = 50;

/**
 * A question on its way. It is sent once more when the connection failed before an answer began. Nothing is lost by that:
 * all that the gateway asks is to read. Those who lost the same connection don't come back in the same moment.
 */
export class Fetch {
  /** JSON, as the subgraph says. */
  readonly text: Promise<string>;
  wasRetried = false;
  readonly #connection: Connection;
  readonly #question: Question;
  #exchange: Exchange;
  #cancelled: SubgraphFailure | undefined;

  constructor(connection: Connection, question: Question) {
    this.#connection = connection;
    this.#question = question;
    this.#exchange = this.#send();
    this.text = this.#read();
  }

  cancel(failure: SubgraphFailure): void {
    this.#cancelled = failure;
    this.#exchange.cancel(failure);
  }

  async #read(): Promise<string> {
    try {
      return textOf(await this.#exchange.answer);
    } catch (error) {
      if (!this.#isWorthAnother(error)) throw failureOf(error);
    }
    await wait(longestPauseMs * (0.2 + 0.8 * Math.random()));
    if (this.#cancelled) throw this.#cancelled;
    this.wasRetried = true;
    this.#exchange = this.#send();
    try {
      return textOf(await this.#exchange.answer);
    } catch (error) {
      throw failureOf(error);
    }
  }

  #send(): Exchange {
    const { body, names } = this.#question;
    return this.#connection.send(body, names, this.#msLeft());
  }

  #isWorthAnother(error: unknown): boolean {
    return !this.#exchange.hasBegun && isPassing(error) && this.#msLeft() > longestPauseMs;
  }

  #msLeft(): number {
    return this.#question.end - performance.now();
  }
}

/** A proxy that lost the subgraph, or a subgraph with too much to do, says so in a page of its own. */
const unavailable = new Set([502, 503, 504]);

function textOf({ status, type, text }: HttpAnswer): string {
  if (unavailable.has(status)) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `it answered with status ${status}`);
  // Nobody but the operator can mend that, so the log has to say it: in the answer it would be an error like any other.
  if (status === 401) throw badResponse('it refuses the secret that it is shown, with status 401');
  if (!type.includes('json')) throw badResponse(`it answered with status ${status}, and not with JSON`);
  return text;
}
