import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GatewayInterface, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { compileOperation, type ExecuteOperation, type OperationToCompile } from '../execution/compile-operation.js';
import { compactDocument } from '../graphql/compact-document.js';
import { createKnownOperations, type KnownOperation } from '../graphql/known-operations.js';
import type { RequestContext } from '../observability/request-context.js';
import { operationMemoryBytes } from '../graphql/operation-memory.js';

/** Executes operations by the resolvers of a schema: known ones without Apollo Server, and the others for it. */
export interface SchemaExecutor<Context extends BaseContext> {
  /** What Apollo Server executes operations by, and remembers those that it has validated. */
  readonly gateway: GatewayInterface;
  readonly plugin: ApolloServerPlugin<Context>;
  readonly find: (source: string, name: string | null) => KnownOperation | undefined;
  /** @param acceptsJsonText whether the data of the result may contain `JsonText`. Default: no. */
  readonly execute: (
    operation: OperationToCompile,
    variables: Readonly<Record<string, unknown>> | undefined,
    context: Context,
    acceptsJsonText?: boolean,
  ) => ExecutionResult | Promise<ExecutionResult>;
  /** Notes the request that a context is of. */
  readonly begin: (context: Context, request: RequestContext) => void;
  /** The request that a context is of. */
  readonly requestOf: (context: Context) => RequestContext | undefined;
}

export function createSchemaExecutor<Context extends BaseContext>(schema: GraphQLSchema): SchemaExecutor<Context> {
  const operations = createKnownOperations(() => schema, operationMemoryBytes / 4);
  const compile = createCompiler(operationMemoryBytes / 8);
  const execute: SchemaExecutor<Context>['execute'] = (operation, variables, context, acceptsJsonText) => {
    const request = requestOf(context);
    if (request) request.operation = operation;
    return compile(operation)(context, variables, acceptsJsonText);
  };
  return {
    gateway: asGateway(
      schema,
      ({ document, operation, request, context }) =>
        requestOf(context)?.executed ??
        execute({ schema, ...compactOperation(document, operation) }, request.variables, context as Context),
    ),
    plugin: operations.plugin,
    find: operations.find,
    execute,
    begin: (context, request) => Object.assign(context, { [requestKey]: request }),
    requestOf,
  };
}

/** A compiled operation, and the memory that it takes with its document. */
interface CompiledOperation {
  bytes: number;
  readonly execute: ExecuteOperation;
}

/** Creates the function that compiles operations, and remembers those that were executed last. */
export function createCompiler(maxBytes: number): (operation: OperationToCompile) => ExecuteOperation {
  const compiled = new LRUCache<OperationDefinitionNode, CompiledOperation>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  return (toCompile) => {
    const { document, operation } = toCompile;
    const known = compiled.get(operation);
    if (known) return known.execute;
    const onCompiled = (bytes: number): void => {
      entry.bytes += bytes;
      if (compiled.peek(operation) !== entry) return;
      // Setting the same value again would not change its size.
      compiled.delete(operation);
      compiled.set(operation, entry);
    };
    const entry: CompiledOperation = {
      bytes: compactDocument(document).bytes,
      execute: (...request) => executeCompiled(...request),
    };
    const executeCompiled = compileOperation(toCompile, onCompiled);
    compiled.set(operation, entry);
    return entry.execute;
  };
}

/** What is cached must not retain the original document. */
function compactOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Pick<OperationToCompile, 'document' | 'operation'> {
  const { document: compact } = compactDocument(document);
  return { document: compact, operation: getOperationAST(compact, operation.name?.value) ?? operation };
}

/** Apollo Server copies each context, with its symbols. */
const requestKey = Symbol('request');

const requestOf = (context: BaseContext): RequestContext | undefined =>
  (context as { readonly [requestKey]?: RequestContext })[requestKey];

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
