import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../request/request-context.js';
import { toPath, type InvalidValue } from './complete-values.js';
import type { PreparedOperation } from './prepare.js';
import type { ExecutionEnvironment } from './run-fetch.js';
import { runPlan } from './run-plan.js';
import type { Data, Path } from './result-tree.js';

export interface Execution extends ExecutionEnvironment {
  readonly prepared: PreparedOperation;
  /** As the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
}

/** Answers a prepared operation. Whatever subgraphs do, the rest of the answer stands, and what is missing is named. */
export async function execute(execution: Execution): Promise<ExecutionResult<Data>> {
  const { prepared, request, subgraphs, isOfType, ownerOf } = execution;
  const { coerced, errors: refused } = prepared.coerceVariables(execution.variables);
  if (refused) return { errors: refused.map(toBadUserInput) };

  // Defaults decide about `@skip` and `@include`; subgraphs fill in their own.
  const variables = prepared.renameVariables({ ...coerced, ...execution.variables });
  const data: Data = {};
  const errors: GraphQLError[] = [];
  await runPlan(prepared.plan, { subgraphs, isOfType, ownerOf, variables, request, data, errors });
  const problems: InvalidValue[] = [];
  const shaped = prepared.shape(data, coerced, problems);
  if (problems.length > 0) errors.push(...findUnexplained(problems, errors).map(toBadResponse));
  return errors.length > 0 ? { errors: removeDuplicates(errors), data: shaped } : { data: shaped };
}

/** Two fetches for one place may fail alike. */
const removeDuplicates = (errors: readonly GraphQLError[]): GraphQLError[] => [
  ...new Map(errors.map((error) => [JSON.stringify(error), error])).values(),
];

const toBadUserInput = ({ message, nodes, originalError, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError: originalError ?? null,
    extensions: { code: 'BAD_USER_INPUT', ...extensions, http: { status: 400 } },
  });

/** A problem at or around the place of another error is that error's consequence. */
const findUnexplained = (problems: readonly InvalidValue[], errors: readonly GraphQLError[]): Path[] =>
  problems
    .map(toPath)
    .filter(
      (path) => !errors.some((error) => error.path && (isWithin(path, error.path) || isWithin(error.path, path))),
    );

const isWithin = (path: Path, outer: Path): boolean => outer.every((step, index) => path[index] === step);

const toBadResponse = (path: Path): GraphQLError =>
  new GraphQLError('A service sent something here that the schema does not allow.', {
    path: [...path],
    extensions: { code: 'SUBGRAPH_BAD_RESPONSE' },
  });
