import { Worker } from 'node:worker_threads';

import { projectPath } from '../../schema/files.js';
import type { PlannerMessage, SupergraphFacts } from './messages.js';

// Compiled: a thread cannot run TypeScript, and where tests run there is none but this.
const workerFile = projectPath('dist/gateway/planning/planner-worker.js');

/** An operation that takes more to plan ends the thread, not the gateway. */
const maxOldGenerationSizeMb = 512;

/** A thread that plans, and what it found in the supergraph. */
export interface PlannerThread {
  readonly worker: Worker;
  readonly facts: SupergraphFacts;
}

/** @throws Error with the reason when the supergraph cannot be used, or there is no room for a thread. */
export async function startThread(supergraphSdl: string): Promise<PlannerThread> {
  const worker = new Worker(workerFile, { workerData: supergraphSdl, resourceLimits: { maxOldGenerationSizeMb } });
  const message = await new Promise<PlannerMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (message.kind === 'ready') return { worker, facts: message.facts };
  await worker.terminate();
  throw new Error(message.kind === 'refused' ? message.reason : 'The planner did not start.');
}
