import type { Worker } from 'node:worker_threads';

import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';

import type { PlannerMessage, PlanRequest, SupergraphFacts } from './messages.js';
import { startThread } from './planner-thread.js';

export interface PlannerOptions {
  /** How long planning one operation may take. */
  readonly planningTimeoutMs: number;
  /** How many operations may wait to be planned. */
  readonly maxQueued: number;
  /** How long an operation may wait. Default: five seconds. */
  readonly maxQueueMs?: number | undefined;
}

/** Plans operations in a thread of their own, one after the other. */
export interface Planner {
  readonly facts: SupergraphFacts;
  /**
   * @param document an operation with its fragments, valid under the schema
   * @throws GraphQLError QUERY_TOO_LARGE when planning takes too long, OVERLOADED when too many operations wait.
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

/** The pause before another attempt to start a thread. */
const restartDelayMs = 1_000;

/**
 * Loads a supergraph in a thread, for planning.
 *
 * A thread pool (`piscina`) plans and cancels as fast, but its deadline for a task includes the time in the queue and the
 * start of a new thread, which takes longer than planning may. The queue and the restart would remain, so the thread is
 * managed here.
 *
 * @param start starts a planner thread.
 * @throws Error with the reason when the supergraph cannot be used.
 */
export async function createPlanner(
  supergraphSdl: string,
  options: PlannerOptions,
  start: typeof startThread = startThread,
): Promise<Planner> {
  const { planningTimeoutMs, maxQueued, maxQueueMs = 5_000 } = options;
  const queue: QueuedPlan[] = [];
  let active: { readonly request: QueuedPlan; readonly timer: NodeJS.Timeout } | undefined;
  let lastId = 0;
  let isClosed = false;
  const hasClosed = (): boolean => isClosed;
  const started = await start(supergraphSdl);
  const { facts } = started;
  let worker: Worker | undefined;

  /** Rejects requests that have waited too long: their plans would come too late, and delay the others. */
  const takeNext = (): QueuedPlan | undefined => {
    const first = queue.shift();
    if (!first || performance.now() - first.since <= maxQueueMs) return first;
    first.reject(queueFull());
    return takeNext();
  };
  const planNext = (): void => {
    const request = active || !worker ? undefined : takeNext();
    if (!request) return;
    const timer = setTimeout(() => {
      abort(tookTooLong(planningTimeoutMs));
    }, planningTimeoutMs);
    active = { request, timer };
    worker?.postMessage({ id: request.id, document: request.document } satisfies PlanRequest);
  };
  const receive = (message: PlannerMessage): void => {
    if (!active || !('id' in message) || message.id !== active.request.id) return;
    const { request, timer } = active;
    clearTimeout(timer);
    active = undefined;
    if (message.kind === 'planned') request.resolve(message.plan);
    else request.reject(message.isTooComplex ? tooComplex() : new Error(message.reason));
    planNext();
  };
  const use = (started: Worker): void => {
    worker = started.on('message', receive).on('error', () => {
      abort(tooComplex());
    });
  };
  /** Ends the thread, because planning cannot be interrupted, and starts another. */
  const abort = (reason: Error): void => {
    if (active) clearTimeout(active.timer);
    active?.request.reject(reason);
    active = undefined;
    const terminated = worker;
    worker = undefined;
    void terminated?.terminate().then(restart);
  };
  const restart = async (): Promise<void> => {
    if (hasClosed()) return;
    try {
      const { worker: another } = await start(supergraphSdl);
      if (hasClosed()) await another.terminate();
      else use(another);
    } catch {
      // For example, there is not enough memory. Requests in the queue keep waiting until `maxQueueMs`.
      setTimeout(() => void restart(), restartDelayMs).unref();
    }
    planNext();
  };
  use(started.worker);

  return {
    facts,
    plan: (document) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new Error('The planner is closed.');
        if (queue.length >= maxQueued) throw queueFull();
        lastId += 1;
        queue.push({ id: lastId, document, since: performance.now(), resolve, reject });
        planNext();
      }),
    close: async () => {
      isClosed = true;
      if (active) clearTimeout(active.timer);
      const unplanned = [...queue.splice(0), ...(active ? [active.request] : [])];
      for (const { reject } of unplanned) reject(queueFull());
      await worker?.terminate();
    },
  };
}

const planningLimitExceeded = (message: string, extensions: Readonly<Record<string, unknown>>): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_LARGE', inputCode: 'QUERY_TOO_LARGE', ...extensions, http: { status: 400 } },
  });

const tookTooLong = (planningTimeoutMs: number): GraphQLError =>
  planningLimitExceeded(
    `Planning the operation took longer than ${planningTimeoutMs} ms. Split it into several operations.`,
    { limit: 'planningMs', allowed: planningTimeoutMs },
  );

const tooComplex = (): GraphQLError =>
  planningLimitExceeded(
    'The operation is too complex to plan. Split it into several operations, with fewer fragments on interfaces.',
    {
      limit: 'planning',
    },
  );

/** Apollo Server reads `http.headers`, which have to be a Map. */
const overloadedExtensions: Readonly<Record<string, unknown>> = {
  code: 'OVERLOADED',
  inputCode: 'OVERLOADED',
  http: { status: 503, headers: new Map([['retry-after', '1']]) },
};

const queueFull = (): GraphQLError =>
  new GraphQLError('Too many new operations are waiting to be planned. Retry in a second.', {
    extensions: overloadedExtensions,
  });
