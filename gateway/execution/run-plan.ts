import type { FetchesByType, PlanStep } from './plan.js';
import type { PlanExecution } from './plan-execution.js';
import { type Data, getObjectsAt } from './result-tree.js';
import { runBatchedFetch, runFetch } from './run-fetch.js';

/**
 * Runs a plan: parallel steps at the same time, sequential steps one after the other. Of a very expensive operation all are sequential,
 * so that its client occupies one subgraph at a time instead of all.
 */
export function runPlan(step: PlanStep, execution: PlanExecution): Promise<void> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, execution);
    case 'batch':
      return runBatchedFetch(step.batch, execution);
    case 'byType':
      return runByType(step.byType, execution);
    case 'sequence':
      return runInTurn(step.steps, runPlan, execution);
    case 'parallel':
      return runAll(step.steps, runPlan, execution);
  }
}

/** Runs the fetches for the types of the objects that there are: of 27 countries, a result often has a few. */
function runByType({ path, fetches }: FetchesByType, execution: PlanExecution): Promise<void> {
  const present: Data[] = [];
  for (const object of getObjectsAt(execution.data, path))
    if (!present.some(({ __typename }) => __typename === object['__typename'])) present.push(object);
  const isPresent = (type: string): boolean => present.some((object) => execution.isOfType(object, type));
  const needed = fetches.filter(({ types }) => types === null || types.some(isPresent)).map(({ fetch }) => fetch);
  return runAll(needed, runFetch, execution);
}

type RunItem<Item> = (item: Item, execution: PlanExecution) => Promise<void>;

async function runInTurn<Item>(items: readonly Item[], run: RunItem<Item>, execution: PlanExecution): Promise<void> {
  for (const item of items) await run(item, execution);
}

async function runAll<Item>(items: readonly Item[], run: RunItem<Item>, execution: PlanExecution): Promise<void> {
  const [first] = items;
  if (first !== undefined && items.length === 1) await run(first, execution);
  else if (execution.fetchesInTurn) await runInTurn(items, run, execution);
  else await Promise.all(items.map((item) => run(item, execution)));
}
