import { type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

import { compileOperation } from '../execution/compile-operation.js';
import type { RequestScope } from '../observability/request-context.js';

/** Executes the only operation of a text as an endpoint does. */
export async function executeSource(
  schema: GraphQLSchema,
  source: string,
  context: RequestScope,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ExecutionResult> {
  try {
    const document = parse(source);
    const errors = validate(schema, document);
    const operation = getOperationAST(document);
    if (errors.length > 0 || !operation) return { errors };
    context.request.operation = { schema, document, operation };
    return await compileOperation(context.request.operation)(context, variables);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}
