import {
  type DirectiveNode,
  type DocumentNode,
  execute as executeByGraphqlJs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';

import { maxReportedErrors } from '../graphql/operation-limits.js';
import { bytesPerCompiled } from '../graphql/operation-memory.js';
import { compileRootFields, type ExecuteFields } from './compile-fields.js';
import { Execution } from './execution.js';
import { createVariableCoercer } from './variables.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Executes an operation for one request.
 *
 * @param acceptsJsonText whether the data of the result may contain `JsonText`. Default: no.
 */
export type ExecuteOperation = (
  context: unknown,
  variables: Variables | undefined,
  acceptsJsonText?: boolean,
) => ExecutionResult | Promise<ExecutionResult>;

/** An operation of a validated document. */
export interface OperationToCompile {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** An operation is compiled for so many combinations of the values in `@skip` and `@include`. */
const maxCompiled = 8;

/**
 * Compiles a query: what does not depend on the values of its variables or on data is computed once. The results are those of
 * graphql-js, which executes everything else: mutations, and rare forms of queries.
 *
 * @param onCompiled is called with the bytes of what is compiled, also later, when the first data of a kind comes.
 */
export function compileOperation(
  { schema, document, operation }: OperationToCompile,
  onCompiled: (bytes: number) => void = () => undefined,
): ExecuteOperation {
  const fallback: ExecuteOperation = (contextValue, variableValues) =>
    executeByGraphqlJs({
      schema,
      document,
      contextValue,
      variableValues,
      operationName: operation.name?.value,
      options: { maxCoercionErrors: maxReportedErrors },
    });
  const root = schema.getQueryType();
  if (!root || operation.operation !== OperationTypeNode.QUERY || hasTypePredicates(schema)) return fallback;
  const names = findConditions(document);
  const fragments = toFragments(document);
  const coerce = createVariableCoercer(schema, operation.variableDefinitions, { isFinal: true });
  const compiled = new Map<string, ExecuteFields>();
  const variables = operation.variableDefinitions?.length ?? 0;
  onCompiled(bytesPerCompiled.operation + variables * bytesPerCompiled.variable);

  const compileFor = (variables: Variables): ExecuteFields | undefined => {
    let key = '';
    for (const name of names) {
      const value = variables[name];
      // graphql-js reports null where it comes to it.
      if (typeof value !== 'boolean') return undefined;
      key += value ? '1' : '0';
    }
    const known = compiled.get(key);
    if (known || compiled.size >= maxCompiled) return known;
    const conditions = Object.fromEntries(names.map((name) => [name, variables[name] as boolean]));
    const fields = compileRootFields({ schema, operation, fragments, conditions, onCompiled }, root);
    compiled.set(key, fields);
    return fields;
  };

  return (context, values = {}, acceptsJsonText = false) => {
    const { coerced, errors } = coerce(values);
    if (!coerced) return { errors };
    const executeFields = compileFor(coerced);
    return executeFields
      ? run(executeFields, new Execution(context, coerced, acceptsJsonText))
      : fallback(context, values);
  };
}

function run(executeFields: ExecuteFields, execution: Execution): ExecutionResult | Promise<ExecutionResult> {
  let data: Record<string, unknown> | null = null;
  try {
    data = executeFields(execution, undefined, undefined);
  } catch (error) {
    execution.failAll(error as GraphQLError);
  }
  const toResult = (): ExecutionResult => {
    const { errors, isNulled } = execution;
    return errors.length > 0 ? { errors, data: isNulled ? null : data } : { data };
  };
  return execution.done()?.then(toResult) ?? toResult();
}

/** Whether an object type decides by a function which values are of it. */
const hasTypePredicates = (schema: GraphQLSchema): boolean =>
  Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);

/** The names of the variables in `@skip` and `@include`. */
function findConditions(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }: DirectiveNode) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

const toFragments = ({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> => {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
};
