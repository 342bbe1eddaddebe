import { setTimeout as wait } from 'node:timers/promises';

import type { Connection, RequestNames } from './connection.js';
import type { HttpAnswer } from './exchange.js';
import { badResponse, failureOf, isPassing } from './failures.js';
import { SubgraphFailure } from './subgraph.js';

/** What is sent, and until when its answer is waited for, in milliseconds of `performance.now()`. */
export interface Question {
  readonly body: string;
  readonly names: RequestNames;
  readonly end: number;
}

/** A question on its way. */
export interface Fetch {
  /** JSON, as the subgraph says. */
  readonly text: Promise<string>;
  readonly wasRetried: () => boolean;
  readonly cancel: (failure: SubgraphFailure) => void;
}

const longestPauseMs = 50;

/**
 * Sends a question, and sends it once more when the connection failed before an answer began. Nothing is lost by that: all
 * that the gateway asks is to read. Those who lost the same connection don't come back in the same moment.
 */
export function startFetch(connection: Connection, { body, names, end }: Question): Fetch {
  const send = () => connection.send(body, names, end - performance.now());
  let exchange = send();
  let cancelled: SubgraphFailure | undefined;
  let wasRetried = false;

  const read = async (): Promise<string> => {
    try {
      return textOf(await exchange.answer);
    } catch (error) {
      if (exchange.hasBegun || !isPassing(error) || end - performance.now() <= longestPauseMs) throw failureOf(error);
    }
    await wait(longestPauseMs * (0.2 + 0.8 * Math.random()));
    if (cancelled) throw cancelled;
    wasRetried = true;
    exchange = send();
    return textOf(
      await exchange.answer.catch((error: unknown) => {
        throw failureOf(error);
      }),
    );
  };

  return {
    text: read(),
    wasRetried: () => wasRetried,
    cancel: (failure) => {
      cancelled = failure;
      exchange.cancel(failure);
    },
  };
}

/** A proxy that lost the subgraph, or a subgraph with too much to do, says so in a page of its own. */
const unavailable = new Set([502, 503, 504]);

function textOf({ status, type, text }: HttpAnswer): string {
  if (unavailable.has(status)) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `it answered with status ${status}`);
  if (!type.includes('json')) throw badResponse(`it answered with status ${status}, and not with JSON`);
  return text;
}
