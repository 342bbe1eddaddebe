import type { FetchesByType, PlanStep } from './plan.js';
import type { PlanExecution } from './plan-execution.js';
import { getObjectsAt } from './result-tree.js';
import { runBatchedFetch, runFetch } from './run-fetch.js';

/** Runs a plan: parallel steps at the same time, sequential steps one after the other. */
export async function runPlan(step: PlanStep, execution: PlanExecution): Promise<void> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, execution);
    case 'batch':
      return runBatchedFetch(step.batch, execution);
    case 'byType':
      return runByType(step.byType, execution);
    case 'sequence':
      for (const child of step.steps) await runPlan(child, execution);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((child) => runPlan(child, execution)));
      return;
  }
}

/** Runs the fetches for the types of the objects that there are: of 27 countries, a result often has a few. */
async function runByType({ path, fetches }: FetchesByType, execution: PlanExecution): Promise<void> {
  const typenames = new Set(getObjectsAt(execution.data, path).map(({ __typename }) => __typename));
  const present = [...typenames].map((__typename) => ({ __typename }));
  const isPresent = (type: string): boolean => present.some((object) => execution.isOfType(object, type));
  const needed = fetches.filter(({ types }) => types === null || types.some(isPresent));
  await Promise.all(needed.map(({ fetch }) => runFetch(fetch, execution)));
}
