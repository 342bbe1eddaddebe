import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

import type { InvalidValue } from './complete-values.js';
import { findConditionVariables } from './skip-include-variables.js';
import { introspect } from './introspect.js';
import { createPlannerDocument } from './planner-document.js';
import { compilePlan, type PlanStep } from './plan.js';
import { compileResponseShape, type ResponseShape } from './response-shape.js';
import type { Data } from './result-tree.js';
import { createVariableCoercer, type CoerceVariables } from './variables.js';

type Variables = Readonly<Record<string, unknown>>;

/** An operation of which everything is prepared that does not depend on the values of its variables. */
export interface PreparedOperation {
  readonly coerceVariables: CoerceVariables;
  readonly plan: PlanStep;
  /** The client's variables by the names that the plan has for them. */
  readonly renameVariables: (variables: Variables) => Variables;
  /** The answer's data, of what subgraphs sent. Adds what could not be kept to `problems`. */
  readonly shape: (data: Data, variables: Variables, problems: InvalidValue[]) => Data | null;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly isOwned: (typename: string) => boolean;
  readonly plan: (document: string) => Promise<QueryPlan>;
}

/** Plans an operation and prepares its answer. */
export async function prepare({
  schema,
  document,
  operation,
  isOwned,
  plan,
}: PrepareOptions): Promise<PreparedOperation> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const { text, renamed } = createPlannerDocument(schema, operation, fragments, isOwned);
  const steps = compilePlan(await plan(text));
  return {
    coerceVariables: createVariableCoercer(schema, operation.variableDefinitions),
    plan: steps,
    renameVariables: (variables) =>
      renamed.size === 0
        ? variables
        : Object.fromEntries(Object.entries(variables).map(([name, value]) => [renamed.get(name) ?? name, value])),
    shape: createShaper(schema, operation, fragments),
  };
}

/** `@skip` and `@include` change what an answer looks like: one shape for each combination of their variables that came up. */
const maxShapes = 32;

function createShaper(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): PreparedOperation['shape'] {
  const named = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const conditions = findConditionVariables([operation, ...fragments]);
  const known = new Map<string, ResponseShape>();
  return (data, variables, problems) => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let shape = known.get(key);
    if (!shape) {
      shape = compileResponseShape({ schema, operation, fragments: named, variables });
      if (known.size < maxShapes) known.set(key, shape);
    }
    const { complete, introspection } = shape;
    if (introspection.length === 0) return complete(data, problems);
    const said = introspect(schema, { operation, fragments, introspection, variables });
    return complete({ ...data, ...said }, problems);
  };
}
