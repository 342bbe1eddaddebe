import type { FetchesByType, PlanStep } from './plan.js';
import type { PlanExecution } from './plan-execution.js';
import { getObjectsAt } from './result-tree.js';
import { runBatchedFetch, runFetch } from './run-fetch.js';

/**
 * Runs a plan: parallel steps at the same time, sequential steps one after the other. Of a very expensive operation all are sequential,
 * so that its client occupies one subgraph at a time instead of all.
 */
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
      await runAll(step.steps, (child) => runPlan(child, execution), execution);
      return;
  }
}

/** Runs the fetches for the types of the objects that there are: of 27 countries, a result often has a few. */
async function runByType({ path, fetches }: FetchesByType, execution: PlanExecution): Promise<void> {
  const typenames = new Set(getObjectsAt(execution.data, path).map(({ __typename }) => __typename));
  const present = [...typenames].map((__typename) => ({ __typename }));
  const isPresent = (type: string): boolean => present.some((object) => execution.isOfType(object, type));
  const needed = fetches.filter(({ types }) => types === null || types.some(isPresent));
  await runAll(needed, ({ fetch }) => runFetch(fetch, execution), execution);
}

async function runAll<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<void>,
  { fetchesInTurn }: PlanExecution,
): Promise<void> {
  if (fetchesInTurn) for (const item of items) await run(item);
  else await Promise.all(items.map(run));
}
