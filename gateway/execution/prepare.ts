import type { QueryPlan } from '@apollo/query-planner';
import type { FragmentDefinitionNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';

import { bytesPerCompiled, type OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import type { OperationContext } from '../../services/kit/graphql/selection.js';
import type { FindSubgraphTypes } from '../validation/subgraph-types.js';
import type { InvalidValue } from '../validation/findings.js';
import { createScanners, type FindScanner } from './operation-scanners.js';
import { checkRootFields } from './check-root-fields.js';
import { excludeSelections } from './exclude-selections.js';
import { introspect } from './introspect.js';
import { createPlannerDocument } from './planner-document.js';
import { compilePlan, type PlanStep } from './plan.js';
import { compileResponseShape, type ResponseShape, type ShapeOptions } from './response-shape.js';
import type { ResponseNames } from './response-names.js';
import type { Data, Path } from './result-tree.js';
import { createVariableCoercer, type CoerceVariables } from '../../services/kit/execution/variables.js';

type Variables = Readonly<Record<string, unknown>>;

/** What is wrong with a response when its shape is completed. */
export interface ShapeFindings {
  /** Values that the schema does not allow. */
  readonly invalid: InvalidValue[];
  /** The errors of introspection. */
  readonly errors: GraphQLError[];
}

/** An operation with everything prepared that does not depend on the values of its variables. */
export interface PreparedOperation {
  readonly memory: OperationMemory;
  readonly coerceVariables: CoerceVariables;
  readonly plan: PlanStep;
  /** Renames the client's variables as in the plan. */
  readonly renameVariables: (variables: Variables) => Variables;
  /** Returns the path in the response of a path in the merged data of subgraphs. */
  readonly toClientPath: (path: Path) => Path;
  /** Finds the scanner of a fetch, for clients that accept raw JSON. */
  readonly findScanner: FindScanner;
  /** Shapes the response's data from the merged data of subgraphs. Adds what is wrong to `found`. */
  readonly shape: (data: Data, variables: Variables, found: ShapeFindings) => Data | null;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  /** Those of its document. */
  readonly fragments: readonly FragmentDefinitionNode[];
  /** The values of the variables in `@skip` and `@include` for which it is planned. */
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly isOwned: (typename: string) => boolean;
  readonly names: ResponseNames;
  readonly interfaceObjects: ReadonlySet<string>;
  readonly findSubgraphTypes: FindSubgraphTypes;
  /** The coordinates of the fields that a subgraph lacks, by its name. */
  readonly absentFields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly plan: (document: string) => Promise<QueryPlan>;
}

/** Plans an operation, and prepares the shape of its response. */
export async function prepare({
  schema,
  operation,
  fragments,
  conditions,
  isOwned,
  names,
  interfaceObjects,
  findSubgraphTypes,
  absentFields,
  plan,
}: PrepareOptions): Promise<PreparedOperation> {
  const context: OperationContext = {
    schema,
    operation: excludeSelections(operation, conditions),
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, excludeSelections(fragment, conditions)])),
  };
  const { text, renamed } = createPlannerDocument(context, { isOwned, names });
  const queryPlan: QueryPlan = text === null ? { kind: 'QueryPlan' } : await plan(text);
  checkRootFields(context, names, queryPlan);
  const { variableDefinitions = [] } = operation;
  const planBytes = JSON.stringify(queryPlan).length * bytesPerCompiled.planCharacter;
  const variableBytes = variableDefinitions.length * bytesPerCompiled.variable;
  const memory: OperationMemory = { bytes: bytesPerCompiled.operation + planBytes + variableBytes };
  const compiled = compilePlan(queryPlan, { findSubgraphTypes, absentFields, memory });
  return {
    memory,
    coerceVariables: createVariableCoercer(schema, variableDefinitions, { conditions: Object.keys(conditions) }),
    plan: compiled,
    findScanner: createScanners(compiled, context, { names, memory }),
    renameVariables: (variables) =>
      renamed.size === 0
        ? variables
        : Object.fromEntries(Object.entries(variables).map(([name, value]) => [renamed.get(name) ?? name, value])),
    toClientPath: (path) => path.map((step) => (typeof step === 'string' ? names.toClient(step) : step)),
    shape: createShaper(context, { names, interfaceObjects, memory }),
  };
}

/** The shape is compiled when the first response comes. */
function createShaper(context: OperationContext, options: ShapeOptions): PreparedOperation['shape'] {
  let shape: ResponseShape | undefined;
  return (data, variables, found) => {
    shape ??= compileResponseShape(context, options);
    const { complete, introspection } = shape;
    if (introspection.length === 0) return complete(data, found.invalid);
    const introspected = introspect(context, introspection, variables);
    found.errors.push(...introspected.errors);
    return complete({ ...data, ...introspected.data }, found.invalid);
  };
}
