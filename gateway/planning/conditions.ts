import { type DefinitionNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

import type { OperationToPrepare } from './prepared-operations.js';

/** The variables on which an operation's `@skip` and `@include` depend. */
interface Conditions {
  readonly variables: readonly { readonly name: string; readonly isTrueByDefault: boolean }[];
  /** The operation for each combination of their values that was requested. */
  readonly variants: Map<string, OperationToPrepare>;
}

const maxVariants = 32;

const conditionsOf = new WeakMap<OperationDefinitionNode, Conditions>();

/**
 * Returns the operation to plan for these values of the variables in `@skip` and `@include`: each combination has a plan of its own.
 * Apollo's planner makes plans for all combinations, but fetches what `@requires` needs under the conditions of the field that
 * requires it, and nothing of an object if that is missing.
 */
export function resolveConditions(
  operation: OperationToPrepare,
  values: Readonly<Record<string, unknown>>,
): OperationToPrepare {
  const conditions = conditionsOf.get(operation.operation) ?? findConditions(operation);
  if (conditions.variables.length === 0) return operation;
  let bits = '';
  for (const { name, isTrueByDefault } of conditions.variables) {
    const value = values[name];
    bits += (value === undefined ? isTrueByDefault : value === true) ? '1' : '0';
  }
  const known = conditions.variants.get(bits);
  if (known) return known;
  const variant = createVariant(operation, conditions, bits);
  if (conditions.variants.size >= maxVariants) conditions.variants.clear();
  conditions.variants.set(bits, variant);
  return variant;
}

function findConditions({ document, operation }: OperationToPrepare): Conditions {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const names = findConditionVariables([operation, ...fragments]);
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const conditions: Conditions = {
    variables: names.map((name) => {
      const value = defaults.get(name);
      return { name, isTrueByDefault: value?.kind === Kind.BOOLEAN && value.value };
    }),
    variants: new Map(),
  };
  conditionsOf.set(operation, conditions);
  return conditions;
}

/** A variant is remembered, and retains nothing of the request. */
const createVariant = (
  { key, document, operation }: OperationToPrepare,
  { variables }: Conditions,
  bits: string,
): OperationToPrepare => ({
  key: `${key} ${bits}`,
  document,
  operation,
  conditions: Object.fromEntries(variables.map(({ name }, index) => [name, bits[index] === '1'])),
});

/** Finds the variables on which `@skip` and `@include` depend. */
function findConditionVariables(definitions: readonly DefinitionNode[]): string[] {
  const names = new Set<string>();
  for (const definition of definitions)
    visit(definition, {
      Directive: ({ name, arguments: given = [] }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  return [...names];
}
