import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GatewayInterface, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';

import { compileOperation, type ExecuteOperation, type OperationToCompile } from '../execution/compile-operation.js';
import { createKnownOperations, type KnownOperation } from '../graphql/known-operations.js';
import { operationMemoryBytes } from '../graphql/operation-memory.js';

/** Executes operations by the resolvers of a schema: known ones without Apollo Server, and the others for it. */
export interface SchemaExecutor<Context extends BaseContext> {
  /** What Apollo Server executes operations by, and remembers those that it has validated. */
  readonly gateway: GatewayInterface;
  readonly plugin: ApolloServerPlugin<Context>;
  readonly find: (source: string, name: string | null) => KnownOperation | undefined;
  readonly execute: (
    operation: KnownOperation,
    variables: Readonly<Record<string, unknown>> | undefined,
    context: Context,
  ) => ExecutionResult | Promise<ExecutionResult>;
  /** Lets Apollo Server format a result with errors, instead of executing the operation again. */
  readonly hand: (context: Context, result: ExecutionResult) => void;
  /** Whether the operation of a context was executed before Apollo Server got it. */
  readonly isExecuted: (context: Context) => boolean;
}

export function createSchemaExecutor<Context extends BaseContext>(schema: GraphQLSchema): SchemaExecutor<Context> {
  const operations = createKnownOperations(() => schema, operationMemoryBytes / 4);
  const compiled = new WeakMap<OperationDefinitionNode, ExecuteOperation>();
  const executed = new WeakMap<Context, ExecutionResult>();
  const compile = (operation: OperationToCompile): ExecuteOperation => {
    const known = compiled.get(operation.operation) ?? compileOperation(operation);
    compiled.set(operation.operation, known);
    return known;
  };
  return {
    gateway: asGateway(schema, ({ document, operation, request, context }) => {
      const result = executed.get(context as Context);
      return result ?? compile({ schema, document, operation })(context, request.variables);
    }),
    plugin: operations.plugin,
    find: operations.find,
    execute: (operation, variables, context) => compile(operation)(context, variables),
    hand: (context, result) => executed.set(context, result),
    isExecuted: (context) => executed.has(context),
  };
}

type Execute = (request: GatewayGraphQLRequestContext) => ExecutionResult | Promise<ExecutionResult>;

/** Apollo Server executes by graphql-js, or by what it takes for a gateway. */
function asGateway(schema: GraphQLSchema, execute: Execute): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listener({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor: async (request) => ({ ...(await execute(request)) }) }),
    stop: () => Promise.resolve(),
  };
}
