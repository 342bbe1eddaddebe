import type { PlanStep } from './plan.js';
import { type PlanExecution, runFetch, runBatchedFetch } from './run-fetch.js';

/** Runs a plan: what stands beside one another at once, what builds on one another in order. */
export async function runPlan(step: PlanStep, run: PlanExecution): Promise<void> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, run);
    case 'joint':
      return runBatchedFetch(step.joint, run);
    case 'sequence':
      for (const each of step.steps) await runPlan(each, run);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((each) => runPlan(each, run)));
      return;
    case 'condition':
      return runPlan(run.variables[step.variable] === true ? step.then : step.otherwise, run);
  }
}
