import type { PlanStep } from './plan.js';
import type { PlanExecution } from './plan-execution.js';
import { runBatchedFetch, runFetch } from './run-fetch.js';

/** Runs a plan: parallel steps at the same time, sequential steps one after the other. */
export async function runPlan(step: PlanStep, execution: PlanExecution): Promise<void> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, execution);
    case 'batch':
      return runBatchedFetch(step.batch, execution);
    case 'sequence':
      for (const child of step.steps) await runPlan(child, execution);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((child) => runPlan(child, execution)));
      return;
  }
}
