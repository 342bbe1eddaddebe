import type { Step } from './plan.js';
import { type Run, runFetch, runJointFetch } from './run-fetch.js';

/** Runs a plan: what stands beside one another at once, what builds on one another in order. */
export async function runPlan(step: Step, run: Run): Promise<void> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, run);
    case 'joint':
      return runJointFetch(step.joint, run);
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
