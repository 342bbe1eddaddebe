import type { QueryPlan } from '@apollo/query-planner';
import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';

import { bytesPerCompiled, type OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import { findConditionVariables } from '../../services/kit/graphql/selection.js';
import type { FindSubgraphTypes } from '../validation/subgraph-types.js';
import type { InvalidValue } from '../validation/findings.js';
import { introspect } from './introspect.js';
import { createPlannerDocument } from './planner-document.js';
import { compilePlan, type PlanStep } from './plan.js';
import { compileResponseShape, type ResponseShape } from './response-shape.js';
import type { Data } from './result-tree.js';
import { createVariableCoercer, type CoerceVariables } from './variables.js';

type Variables = Readonly<Record<string, unknown>>;

/** An operation with everything prepared that does not depend on the values of its variables. */
export interface PreparedOperation {
  readonly memory: OperationMemory;
  readonly coerceVariables: CoerceVariables;
  readonly plan: PlanStep;
  /** Renames the client's variables as in the plan. */
  readonly renameVariables: (variables: Variables) => Variables;
  /**
   * Shapes the response's data from the merged data of subgraphs. Adds values that the schema does not allow to `invalid`.
   */
  readonly shape: (data: Data, variables: Variables, invalid: InvalidValue[]) => Data | null;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  /** Those of its document. */
  readonly fragments: readonly FragmentDefinitionNode[];
  readonly isOwned: (typename: string) => boolean;
  readonly findSubgraphTypes: FindSubgraphTypes;
  readonly plan: (document: string) => Promise<QueryPlan>;
}

/** Plans an operation, and prepares the shape of its response. */
export async function prepare({
  schema,
  operation,
  fragments,
  isOwned,
  findSubgraphTypes,
  plan,
}: PrepareOptions): Promise<PreparedOperation> {
  const { text, renamed } = createPlannerDocument(schema, operation, fragments, isOwned);
  const queryPlan = await plan(text);
  const { variableDefinitions = [] } = operation;
  const planBytes = JSON.stringify(queryPlan).length * bytesPerCompiled.planCharacter;
  const variableBytes = variableDefinitions.length * bytesPerCompiled.variable;
  const memory: OperationMemory = { bytes: bytesPerCompiled.operation + planBytes + variableBytes };
  return {
    memory,
    coerceVariables: createVariableCoercer(schema, variableDefinitions),
    plan: compilePlan(queryPlan, { findSubgraphTypes, memory }),
    renameVariables: (variables) =>
      renamed.size === 0
        ? variables
        : Object.fromEntries(Object.entries(variables).map(([name, value]) => [renamed.get(name) ?? name, value])),
    shape: createShaper(schema, operation, fragments, memory),
  };
}

/** `@skip` and `@include` change the shape of a response: one shape is cached for each combination of their variables. */
const maxShapes = 32;

function createShaper(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  memory: OperationMemory,
): PreparedOperation['shape'] {
  const named = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const conditions = findConditionVariables([operation, ...fragments]);
  const shapes = new Map<string, ResponseShape>();
  return (data, variables, invalid) => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let shape = shapes.get(key);
    if (!shape) {
      shape = compileResponseShape({ schema, operation, fragments: named, variables }, memory);
      if (shapes.size < maxShapes) shapes.set(key, shape);
    }
    const { complete, introspection } = shape;
    if (introspection.length === 0) return complete(data, invalid);
    const introspected = introspect(schema, { operation, fragments, introspection, variables });
    return complete({ ...data, ...introspected }, invalid);
  };
}
