import type { Worker } from 'node:worker_threads';

import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';

import type { PlannerMessage, PlanRequest, SupergraphFacts } from './messages.js';
import { startThread } from './planner-thread.js';

export interface PlannerOptions {
  /** How long one plan may take. */
  readonly planningTimeoutMs: number;
  /** How many operations may wait for their plan. */
  readonly maxQueued: number;
  /** How long one may wait for its turn. Default: five seconds. */
  readonly maxQueueMs?: number | undefined;
}

/** Plans operations in a thread of its own, one after the other. */
export interface Planner {
  readonly facts: SupergraphFacts;
  /**
   * @param document an operation with its fragments, valid under the schema
   * @throws GraphQLError QUERY_TOO_LARGE when planning takes too long, OVERLOADED when too many wait.
   */
  readonly plan: (document: string) => Promise<QueryPlan>;
  readonly close: () => Promise<void>;
}

interface QueuedPlan extends PlanRequest {
  /** In milliseconds of `performance.now()`. */
  readonly since: number;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (error: Error) => void;
}

/** When a thread that did not start is tried again. */
const restartPauseMs = 1_000;

/**
 * Reads a supergraph and stands ready to plan.
 *
 * @param start starts a thread that plans.
 * @throws Error with the reason when the supergraph cannot be used.
 */
export async function createPlanner(
  supergraphSdl: string,
  options: PlannerOptions,
  start: typeof startThread = startThread,
): Promise<Planner> {
  const { planningTimeoutMs: deadlineMs, maxQueued: mostWaiting, maxQueueMs: longestWaitMs = 5_000 } = options;
  const waiting: QueuedPlan[] = [];
  let asked: { readonly question: QueuedPlan; readonly timer: NodeJS.Timeout } | undefined;
  let number = 0;
  let isClosed = false;
  const hasClosed = (): boolean => isClosed;
  const started = await start(supergraphSdl);
  const { facts } = started;
  let worker: Worker | undefined;

  /** Whoever has waited too long is turned away: what he gets would come too late, and keep others waiting. */
  const takeFirst = (): QueuedPlan | undefined => {
    const first = waiting.shift();
    if (!first || performance.now() - first.since <= longestWaitMs) return first;
    first.reject(tooManyWait());
    return takeFirst();
  };
  const next = (): void => {
    const question = asked || !worker ? undefined : takeFirst();
    if (!question) return;
    const timer = setTimeout(() => {
      giveUp(tookTooLong(deadlineMs));
    }, deadlineMs);
    asked = { question, timer };
    worker?.postMessage({ id: question.id, document: question.document } satisfies PlanRequest);
  };
  const receive = (message: PlannerMessage): void => {
    if (!asked || !('id' in message) || message.id !== asked.question.id) return;
    const { question, timer } = asked;
    clearTimeout(timer);
    asked = undefined;
    if (message.kind === 'planned') question.resolve(message.plan);
    else question.reject(message.isTooComplex ? tooComplex() : new Error(message.reason));
    next();
  };
  const use = (next: Worker): void => {
    worker = next.on('message', receive).on('error', () => {
      giveUp(tooComplex());
    });
  };
  /** A thread that plans cannot be interrupted, only ended. */
  const giveUp = (reason: Error): void => {
    if (asked) clearTimeout(asked.timer);
    asked?.question.reject(reason);
    asked = undefined;
    const ended = worker;
    worker = undefined;
    void ended?.terminate().then(restart);
  };
  const restart = async (): Promise<void> => {
    if (hasClosed()) return;
    try {
      const { worker: another } = await start(supergraphSdl);
      if (hasClosed()) await another.terminate();
      else use(another);
    } catch {
      // There was no memory for it, say. What waits goes on to wait as long as it may.
      setTimeout(() => void restart(), restartPauseMs).unref();
    }
    next();
  };
  use(started.worker);

  return {
    facts,
    plan: (document) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new Error('The planner is closed.');
        if (waiting.length >= mostWaiting) throw tooManyWait();
        number += 1;
        waiting.push({ id: number, document, since: performance.now(), resolve, reject });
        next();
      }),
    close: async () => {
      isClosed = true;
      if (asked) clearTimeout(asked.timer);
      const left = [...waiting.splice(0), ...(asked ? [asked.question] : [])];
      for (const { reject } of left) reject(tooManyWait());
      await worker?.terminate();
    },
  };
}

const limitPassed = (message: string, extensions: Readonly<Record<string, unknown>>): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_LARGE', inputCode: 'QUERY_TOO_LARGE', ...extensions, http: { status: 400 } },
  });

const tookTooLong = (deadlineMs: number): GraphQLError =>
  limitPassed(
    `To find out whom to ask for this operation took longer than ${deadlineMs} ms. Ask in several operations.`,
    { limit: 'planningMs', allowed: deadlineMs },
  );

const tooComplex = (): GraphQLError =>
  limitPassed('The operation is too entangled. Ask in several operations, with fewer fragments on interfaces.', {
    limit: 'planning',
  });

/** By the headers too, as a Map: so Apollo Server reads them. */
const comeAgain: Readonly<Record<string, unknown>> = {
  code: 'OVERLOADED',
  inputCode: 'OVERLOADED',
  http: { status: 503, headers: new Map([['retry-after', '1']]) },
};

const tooManyWait = (): GraphQLError =>
  new GraphQLError('There are too many new operations just now. Ask again in a second.', { extensions: comeAgain });
