import type { Worker } from 'node:worker_threads';

import { createPlanner, type Planner } from '../planning/planner.js';
import { startThread } from '../planning/planner-thread.js';

/** The planners of this process. Each test file loads this module again, but no planner. */
const worker = globalThis as { sharedPlanners?: Map<string, Promise<Planner>> };
const planners = (worker.sharedPlanners ??= new Map());

/** Lets the process end although the thread is running: no test closes a shared planner. */
const startUnobserved: typeof startThread = async (data) => {
  const { facts, worker } = await startThread(data);
  const thread = worker as Worker;
  return {
    facts,
    worker: {
      on: (event, listener) => {
        thread.on(event, listener);
        // A thread whose messages are listened to keeps the process running again.
        thread.unref();
      },
      postMessage: (request) => {
        thread.postMessage(request);
      },
      terminate: () => thread.terminate(),
    },
  };
};

/** As `createPlanner`, once per supergraph and limits: the start of a planner takes longer than most tests of a gateway. */
export const sharePlanner: typeof createPlanner = async (supergraphSdl, options) => {
  const key = JSON.stringify([options.planningTimeoutMs, options.maxQueued, supergraphSdl]);
  let planner = planners.get(key);
  if (!planner) planners.set(key, (planner = createPlanner(supergraphSdl, options, startUnobserved)));
  return { ...(await planner), close: () => Promise.resolve() };
};
