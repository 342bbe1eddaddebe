import { Worker } from 'node:worker_threads';

import { projectPath } from '../../schema/files.js';
import type { PlannerMessage, PlannerThreadData, PlanRequest, SupergraphFacts } from './messages.js';

// The compiled file, in tests too: a thread cannot run TypeScript.
const workerFile = projectPath('dist/gateway/planning/planner-worker.js');

/** An operation that needs more memory ends the thread, and not the gateway. */
const maxOldGenerationSizeMb = 512;
/**
 * Twice the default. Planning creates many objects that soon are garbage, and V8 collects it with a thread for each processor: of a
 * sequence of large plans, a third of the CPU time.
 */
const maxYoungGenerationSizeMb = 96;

/** What is used of a `Worker`. */
export interface PlannerWorker {
  readonly on: (event: 'message' | 'error', listener: (message: PlannerMessage) => void) => unknown;
  readonly postMessage: (request: PlanRequest) => void;
  readonly terminate: () => Promise<unknown>;
}

/** A running planner thread, and what it read from the supergraph. */
export interface PlannerThread {
  readonly worker: PlannerWorker;
  /** Null if it only plans. */
  readonly facts: SupergraphFacts | null;
}

/** @throws Error with the reason when the supergraph cannot be used, or there is not enough memory for a thread. */
export async function startThread(workerData: PlannerThreadData): Promise<PlannerThread> {
  const worker = new Worker(workerFile, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb },
  });
  const message = await new Promise<PlannerMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (message.kind === 'ready') return { worker, facts: message.facts };
  await worker.terminate();
  throw new Error(message.kind === 'rejected' ? message.reason : 'The planner did not start.');
}
