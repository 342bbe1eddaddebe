import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../request/request-context.js';
import { toPath, type InvalidValue } from '../validation/findings.js';
import type { PreparedOperation } from './prepare.js';
import type { ExecutionEnvironment } from './plan-execution.js';
import { runPlan } from './run-plan.js';
import { type Data, isWithin, type Path } from './result-tree.js';

export interface Execution extends ExecutionEnvironment {
  readonly prepared: PreparedOperation;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
  /** Whether the data of the result may contain raw JSON. Default: it is all parsed. */
  readonly acceptsRaw?: boolean | undefined;
  /** Whether fetches that could run at the same time run one after the other. Default: no. */
  readonly fetchesInTurn?: boolean | undefined;
}

/** Executes a prepared operation. If a subgraph fails, the result is partial, and its errors name what is missing. */
export async function execute(execution: Execution): Promise<ExecutionResult<Data>> {
  const { prepared, request, subgraphs, isOfType, ownerOf, onFindings } = execution;
  const { coerced, errors: inputErrors } = prepared.coerceVariables(execution.variables);
  if (inputErrors) return { errors: inputErrors.map(toBadUserInput) };

  // As the client sent them: subgraphs apply the defaults themselves.
  const variables = prepared.renameVariables(execution.variables);
  const data: Data = {};
  const errors: GraphQLError[] = [];
  const { toClientPath } = prepared;
  await runPlan(prepared.plan, {
    subgraphs,
    isOfType,
    ownerOf,
    onFindings,
    toClientPath,
    variables,
    request,
    findScanner: execution.acceptsRaw ? prepared.findScanner : undefined,
    fetchesInTurn: execution.fetchesInTurn,
    data,
    errors,
  });
  const invalid: InvalidValue[] = [];
  const shaped = prepared.shape(data, coerced, { invalid, errors });
  if (invalid.length > 0) errors.push(...findUnexplained(invalid, errors, shaped).map(toBadResponse));
  return errors.length > 0 ? { errors: removeDuplicates(errors), data: shaped } : { data: shaped };
}

/** Two fetches for one location may fail with equal errors. */
const removeDuplicates = (errors: readonly GraphQLError[]): GraphQLError[] => [
  ...new Map(errors.map((error) => [JSON.stringify(error), error])).values(),
];

const toBadUserInput = ({ message, nodes, originalError, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError: originalError ?? null,
    extensions: { code: 'BAD_USER_INPUT', ...extensions, http: { status: 400 } },
  });

/**
 * The paths of invalid values that are no consequence of an error: of one at, above or below the path, or of one by which a subgraph
 * has removed all its data, and so the data of the response.
 */
function findUnexplained(
  invalid: readonly InvalidValue[],
  errors: readonly GraphQLError[],
  data: Data | null,
): readonly Path[] {
  const isExplained = (path: Path): boolean =>
    errors.some((error) => error.path && (isWithin(path, error.path) || isWithin(error.path, path)));
  const paths = invalid.map(toPath);
  const isRemoved = data === null && paths.some((path) => path.length === 1 && isExplained(path));
  return isRemoved ? [] : paths.filter((path) => !isExplained(path));
}

const toBadResponse = (path: Path): GraphQLError =>
  new GraphQLError('A service returned a value here that the schema does not allow.', {
    path: [...path],
    extensions: { code: 'SUBGRAPH_BAD_RESPONSE' },
  });
