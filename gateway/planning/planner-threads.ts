import type { PlannerMessage, SupergraphFacts } from './messages.js';
import type { PlannerWorker, startThread } from './planner-thread.js';

export interface PlannerThreadsOptions {
  readonly start: typeof startThread;
  /** When the spare thread is started, after the first one. */
  readonly spareDelayMs: number;
  /** Called when a thread has started. */
  readonly onStart: () => void;
  readonly onMessage: (thread: PlannerWorker, message: PlannerMessage) => void;
  /** Called when a thread has ended by itself: it lacked memory. */
  readonly onEnd: (thread: PlannerWorker) => void;
}

/** Two threads that have loaded the supergraph. */
export interface PlannerThreads {
  readonly facts: SupergraphFacts;
  /** The thread that plans. Undefined: it is being started. */
  readonly main: () => PlannerWorker | undefined;
  /** The thread that takes its place at once when it has to be ended. Undefined: it is being started. */
  readonly spare: () => PlannerWorker | undefined;
  /** Ends a thread, because planning cannot be interrupted, and starts another. */
  readonly replace: (thread: PlannerWorker) => void;
  readonly close: () => Promise<void>;
}

/** The pause before another attempt to start a thread. */
const restartDelayMs = 1_000;

/** @throws Error with the reason when the supergraph cannot be used. */
export async function startPlannerThreads(
  supergraphSdl: string,
  { start, spareDelayMs, onStart, onMessage, onEnd }: PlannerThreadsOptions,
): Promise<PlannerThreads> {
  // The main thread, and the spare one.
  const threads: PlannerWorker[] = [];
  let isStarting = false;
  let isClosed = false;
  const hasClosed = (): boolean => isClosed;

  const add = (thread: PlannerWorker): void => {
    thread.on('message', (message) => {
      if (threads.includes(thread)) onMessage(thread, message);
    });
    thread.on('error', () => {
      if (threads.includes(thread)) onEnd(thread);
    });
    threads.push(thread);
  };
  /** Starts threads until there are two. */
  const fill = async (): Promise<void> => {
    if (isStarting || hasClosed() || threads.length === 2) return;
    isStarting = true;
    try {
      const { worker } = await start({ supergraphSdl, readsFacts: false });
      if (hasClosed()) await worker.terminate();
      else {
        add(worker);
        onStart();
      }
      isStarting = false;
      await fill();
    } catch {
      // For example, there is not enough memory. Requests in the queue keep waiting until they have waited too long.
      isStarting = false;
      fillLater(restartDelayMs);
    }
  };
  const fillLater = (delayMs: number): void => {
    setTimeout(() => void fill(), delayMs).unref();
  };

  const { worker, facts } = await start({ supergraphSdl, readsFacts: true });
  if (!facts) throw new Error('The planner did not read the supergraph.');
  add(worker);
  fillLater(spareDelayMs);

  return {
    facts,
    main: () => threads[0],
    spare: () => threads[1],
    replace: (thread) => {
      threads.splice(threads.indexOf(thread), 1);
      void thread.terminate();
      void fill();
    },
    close: async () => {
      isClosed = true;
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
