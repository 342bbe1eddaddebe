import type { Worker } from 'node:worker_threads';

import type { QueryPlan } from '@apollo/query-planner';

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

/**
 * As `createPlanner`, once per supergraph and limits: the start of a planner takes longer than most tests of a gateway. So does
 * planning what each gateway plans at its start, which is therefore planned once.
 */
export const sharePlanner: typeof createPlanner = async (supergraphSdl, options) => {
  // A comment changes nothing for a planner.
  const key = JSON.stringify([options.planningTimeoutMs, options.maxQueued, supergraphSdl.replaceAll(/^#.*\n/gm, '')]);
  let planner = planners.get(key);
  if (!planner) {
    // No spare threads: their start takes as long, and no test of a gateway needs one.
    const withoutSpares = { ...options, spareDelayMs: 600_000 };
    planner = createPlanner(supergraphSdl, withoutSpares, startUnobserved).then(keepOwnPlans);
    planners.set(key, planner);
  }
  return { ...(await planner), close: () => Promise.resolve() };
};

/** Keeps the plans of operations that no client has sent. */
function keepOwnPlans(planner: Planner): Planner {
  const plans = new Map<string, QueryPlan>();
  return {
    ...planner,
    plan: async (job) => {
      if (job.client !== '') return planner.plan(job);
      const plan = plans.get(job.document) ?? (await planner.plan(job));
      plans.set(job.document, plan);
      return plan;
    },
  };
}
