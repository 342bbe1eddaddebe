import { type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

import { compileOperation, type ExecuteOperation, type OperationToCompile } from '../execution/compile-operation.js';
import type { RequestScope } from '../observability/request-context.js';

/** A text whose operation can be executed, or the errors of one that is rejected. */
type Prepared =
  | { readonly operation: OperationToCompile; readonly execute: ExecuteOperation }
  | { readonly errors: readonly GraphQLError[] };

/** The texts of each schema that were executed: many tests execute the same one hundreds of times. */
const prepared = new WeakMap<GraphQLSchema, Map<string, Prepared>>();

/** Executes the only operation of a text as an endpoint does, which remembers the operations that it knows, too. */
export async function executeSource(
  schema: GraphQLSchema,
  source: string,
  context: RequestScope,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ExecutionResult> {
  try {
    const known = prepared.get(schema) ?? new Map<string, Prepared>();
    prepared.set(schema, known);
    const found = known.get(source) ?? prepare(schema, source);
    known.set(source, found);
    if ('errors' in found) return found;
    context.request.operation = found.operation;
    return await found.execute(context, variables);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

function prepare(schema: GraphQLSchema, source: string): Prepared {
  const document = parse(source);
  const errors = validate(schema, document);
  const operation = getOperationAST(document);
  if (errors.length > 0 || !operation) return { errors };
  const toCompile = { schema, document, operation };
  return { operation: toCompile, execute: compileOperation(toCompile) };
}
