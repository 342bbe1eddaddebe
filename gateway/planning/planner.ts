import type { QueryPlan } from '@apollo/query-planner';

import type { CancellationToken } from '../request/cancellation.js';
import { FairQueue, type QueueItem } from '../../services/kit/limits/fair-queue.js';
import type { PlannerMessage, PlanRequest, SupergraphFacts } from './messages.js';
import { abandoned, queueFull, tooComplex, tookTooLong } from './planning-errors.js';
import { type PlannerWorker, startThread } from './planner-thread.js';
import { startPlannerThreads } from './planner-threads.js';

export interface PlannerOptions {
  /** How long planning one operation may take. */
  readonly planningTimeoutMs: number;
  /** How many operations may wait to be planned. */
  readonly maxQueued: number;
  /** How long an operation may wait. Default: five seconds. */
  readonly maxQueueMs?: number | undefined;
  /** When the spare thread is started. Default: after ten seconds, because loading it would slow down the start. */
  readonly spareDelayMs?: number | undefined;
}

/** An operation to plan. Its size is the number of its expanded selections. */
export interface PlanningJob extends QueueItem {
  /** An operation with its fragments, valid under the schema. */
  readonly document: string;
  /** Cancelled when no client waits for the plan any longer. */
  readonly cancellation?: CancellationToken | undefined;
}

/** Plans operations in a thread of their own, one after the other, with an equal share of the time for each client. */
export interface Planner {
  readonly facts: SupergraphFacts;
  /** @throws GraphQLError QUERY_TOO_LARGE when planning takes too long, OVERLOADED when too many operations wait. */
  readonly plan: (job: PlanningJob) => Promise<QueryPlan>;
  readonly close: () => Promise<void>;
}

interface QueuedJob extends PlanningJob, Pick<PlanRequest, 'id'> {
  /** In milliseconds of `performance.now()`. */
  readonly since: number;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (error: Error) => void;
}

/** A job that a thread works on. */
interface ActiveJob {
  readonly job: QueuedJob;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Operations up to this size are planned by the spare thread if it has nothing else to do: they need not wait for a large one, nor
 * for the pause after it, and that thread keeps its priority.
 */
const maxSpareSize = 200;

/**
 * Loads a supergraph in a thread, for planning.
 *
 * A thread pool (`piscina`) plans and cancels as fast, but its deadline for a task includes the time in the queue and the
 * start of a new thread, which takes longer than planning may. The queue and the restart would remain, so the threads are
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
  const { planningTimeoutMs, maxQueued, maxQueueMs = 5_000, spareDelayMs = 10_000 } = options;
  const queue = new FairQueue<QueuedJob>();
  const active = new Map<PlannerWorker, ActiveJob>();
  let lastId = 0;
  let isResting = false;
  let isClosed = false;

  /** Rejects jobs that have waited too long: their plans would come too late, and delay the others. */
  const rejectExpired = (): void => {
    const oldest = performance.now() - maxQueueMs;
    for (const { reject } of queue.removeWhere(({ since }) => since < oldest)) reject(queueFull());
  };
  const dispatch = (thread: PlannerWorker | undefined, maxSize: number): void => {
    const job = thread && !active.has(thread) ? queue.shift(maxSize) : undefined;
    if (!thread || !job) return;
    const timer = setTimeout(() => {
      abort(thread, tookTooLong(planningTimeoutMs));
    }, planningTimeoutMs);
    active.set(thread, { job, startedAt: performance.now(), timer });
    thread.postMessage({ id: job.id, document: job.document, isLarge: job.size > maxSpareSize });
  };
  const planNext = (): void => {
    rejectExpired();
    dispatch(threads.spare(), maxSpareSize);
    dispatch(threads.main(), isResting ? maxSpareSize : Infinity);
  };
  /**
   * While large operations wait, no further one is planned for as long as the last one took: clients that send them without end then
   * take half of a processor from the requests of others, and from what their own plans cause.
   */
  const restAfter = (finished: ActiveJob | undefined): void => {
    if (!finished || finished.job.size <= maxSpareSize || queue.length === 0) return;
    const tookMs = performance.now() - finished.startedAt;
    isResting = true;
    setTimeout(() => {
      isResting = false;
      planNext();
    }, tookMs).unref();
  };
  /** Returns the job of a thread, which has ended. */
  const finish = (thread: PlannerWorker): QueuedJob | undefined => {
    const { job, timer } = active.get(thread) ?? {};
    clearTimeout(timer);
    active.delete(thread);
    return job;
  };
  const receive = (thread: PlannerWorker, message: PlannerMessage): void => {
    restAfter(active.get(thread));
    const job = finish(thread);
    if (message.kind === 'planned') job?.resolve(message.plan);
    else if (message.kind === 'failed') job?.reject(message.isTooComplex ? tooComplex() : new Error(message.reason));
    planNext();
  };
  const abort = (thread: PlannerWorker, reason: Error): void => {
    finish(thread)?.reject(reason);
    threads.replace(thread);
    planNext();
  };
  const threads = await startPlannerThreads(supergraphSdl, {
    start,
    spareDelayMs,
    onStart: () => {
      planNext();
    },
    onMessage: receive,
    onEnd: (thread) => {
      abort(thread, tooComplex());
    },
  });

  const enqueue = (job: QueuedJob): void => {
    if (job.cancellation?.isCancelled) throw abandoned();
    queue.push(job);
    // A job that is being planned is finished: ending its thread would take longer, and its plan is cached.
    job.cancellation?.onCancel(() => {
      if (queue.remove(job)) job.reject(abandoned());
    });
    if (queue.length > maxQueued) queue.dropLargest()?.reject(queueFull());
    planNext();
  };

  return {
    facts: threads.facts,
    plan: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new Error('The planner is closed.');
        lastId += 1;
        enqueue({ ...job, id: lastId, since: performance.now(), resolve, reject });
      }),
    close: async () => {
      isClosed = true;
      for (const thread of active.keys()) finish(thread)?.reject(queueFull());
      for (const { reject } of queue.removeWhere(() => true)) reject(queueFull());
      await threads.close();
    },
  };
}
