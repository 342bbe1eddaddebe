import {
  type DefinitionNode,
  Kind,
  type StringValueNode,
  type TypeNode,
  valueFromASTUntyped,
  type VariableDefinitionNode,
} from 'graphql';
import { z } from 'zod';

import { readProjectFile } from '../../../schema/files.js';
import { parseSdl } from '../../../schema/sdl/parse-sdl.js';
import { onlyThese } from '../http/parse-input.js';

/** The contract's types of arguments, by name. */
export type InputTypes = ReadonlyMap<string, DefinitionNode>;

/** Reads them from the supergraph. */
export const readInputTypes = (): InputTypes =>
  new Map(
    parseSdl('schema/supergraph.graphql', readProjectFile('schema/supergraph.graphql')).definitions.flatMap(
      (definition): [string, DefinitionNode][] =>
        definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.ENUM_TYPE_DEFINITION ||
        definition.kind === Kind.SCALAR_TYPE_DEFINITION
          ? [[definition.name.value, definition]]
          : [],
    ),
  );

const builtIn: Readonly<Record<string, () => z.ZodType>> = {
  Int: () => z.int(),
  Float: () => z.number(),
  Boolean: () => z.boolean(),
  String: () => z.string(),
  ID: () => z.string(),
};

/** The input of a tool: a property for each variable of its operation, and no other, so that no misspelt one is ignored. */
export const toInputSchema = (
  variables: readonly VariableDefinitionNode[],
  types: InputTypes,
  example: Readonly<Record<string, unknown>>,
): z.ZodObject<Record<string, z.ZodType>> =>
  onlyThese(
    Object.fromEntries(
      variables.map(({ variable: { name }, type, defaultValue }): [string, z.ZodType] => {
        const value = defaultValue ? valueFromASTUntyped(defaultValue) : (example[name.value] ?? undefined);
        const schema = defaultValue ? toSchema(type, types).optional() : toSchema(type, types);
        return [name.value, value === undefined ? schema : schema.meta({ ...schema.meta(), examples: [value] })];
      }),
    ),
  );

function toSchema(type: TypeNode, types: InputTypes): z.ZodType {
  if (type.kind === Kind.NON_NULL_TYPE) return toRequired(type.type, types);
  return toRequired(type, types).nullish();
}

function toRequired(type: Exclude<TypeNode, { kind: Kind.NON_NULL_TYPE }>, types: InputTypes): z.ZodType {
  if (type.kind === Kind.LIST_TYPE) return z.array(toSchema(type.type, types));
  const name = type.name.value;
  const definition = types.get(name);
  const schema = builtIn[name]?.() ?? toNamed(definition, types);
  const { description } = (definition ?? {}) as { readonly description?: StringValueNode | undefined };
  return description ? schema.describe(description.value) : schema;
}

function toNamed(definition: DefinitionNode | undefined, types: InputTypes): z.ZodType {
  if (definition?.kind === Kind.ENUM_TYPE_DEFINITION)
    return z.enum((definition.values ?? []).filter(isAccessible).map(({ name }) => name.value));
  if (definition?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return onlyThese(
      Object.fromEntries(
        (definition.fields ?? []).filter(isAccessible).map((field): [string, z.ZodType] => {
          const schema = toSchema(field.type, types);
          return [field.name.value, field.description ? schema.describe(field.description.value) : schema];
        }),
      ),
    );
  // The contract's scalars, such as `Date`, are texts; the graph validates them.
  return z.string();
}

const isAccessible = ({
  directives,
}: {
  readonly directives?: readonly { readonly name: { readonly value: string } }[];
}): boolean => !(directives ?? []).some(({ name }) => name.value === 'inaccessible');
