import { type FieldNode, getArgumentValues, type GraphQLField, Kind, type ValueNode } from 'graphql';

import type { Execution } from './execution.js';

type Arguments = Readonly<Record<string, unknown>>;

/** How the arguments of a selected field are computed. */
export type CompileArguments = (
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
) => (execution: Execution) => Arguments;

const none: Arguments = Object.freeze({});

/**
 * Creates a compiler for the arguments of an operation's fields. Those without variables are computed once, the others once for each
 * execution; graphql-js computes them for every object. They are frozen, because objects share them.
 */
export function createArgumentCompiler(): CompileArguments {
  let fields = 0;
  return (field, node) => {
    if (field.args.length === 0) return () => none;
    const compute = (variables: Arguments): Arguments => Object.freeze(getArgumentValues(field, node, variables));
    if (!(node.arguments ?? []).some(({ value }) => hasVariable(value))) {
      let known: Arguments | undefined;
      return () => (known ??= compute(none));
    }
    const number = fields;
    fields += 1;
    return (execution) => {
      const { argumentsByField, variables } = execution;
      return (argumentsByField[number] ??= compute(variables)) as Arguments;
    };
  };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT
    ? value.fields.some((field) => hasVariable(field.value))
    : value.kind === Kind.VARIABLE;
}
