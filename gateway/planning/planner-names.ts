import {
  type FieldDefinition,
  type FieldSelection,
  type InterfaceType,
  type ObjectType,
  parseFieldSetArgument,
  type SelectionSet,
  type Subgraph,
} from '@apollo/federation-internals';

import type { PlannerNames } from '../execution/response-names.js';

type AnyField = FieldDefinition<ObjectType | InterfaceType>;

/**
 * Finds the names of the fields that the planner may add to an operation.
 *
 * @throws Error when `@requires` selects one field with different arguments: the planner would fetch it once, with either.
 */
export function findPlannerNames(subgraphs: readonly Subgraph[]): PlannerNames {
  const fields = new Set<string>();
  /** The arguments with which each field is required, by its coordinate. */
  const required = new Map<string, { readonly name: string; readonly args: Set<string> }>();
  for (const subgraph of subgraphs)
    for (const field of listFields(subgraph)) {
      fields.add(field.name);
      for (const { element } of listRequired(subgraph, field)) {
        const { coordinate, name } = element.definition;
        const found = required.get(coordinate) ?? { name, args: new Set() };
        if (element.definition.arguments().length > 0) required.set(coordinate, found);
        found.args.add(printArguments(element));
      }
    }
  for (const [coordinate, { args }] of required)
    if (args.size > 1)
      throw new Error(
        `${coordinate} is selected by \`@requires\` with different arguments, which cannot be planned: ${[...args].join(' and ')}`,
      );
  return { fields: [...fields], withArguments: [...required.values()].map(({ name }) => name) };
}

const listFields = ({ schema }: Subgraph): readonly AnyField[] =>
  [...schema.objectTypes(), ...schema.interfaceTypes()].flatMap((type) => [...type.fields()] as AnyField[]);

/** The fields in the `@requires` of a field, at every depth. */
const listRequired = (subgraph: Subgraph, field: AnyField): readonly FieldSelection[] =>
  field
    .appliedDirectivesOf(subgraph.metadata().requiresDirective())
    .flatMap((directive) =>
      listSelected(parseFieldSetArgument({ parentType: field.parent, directive, validate: false })),
    );

const listSelected = (set: SelectionSet): readonly FieldSelection[] =>
  set
    .selections()
    .flatMap((selection) => [
      ...(selection.kind === 'FieldSelection' ? [selection] : []),
      ...(selection.selectionSet ? listSelected(selection.selectionSet) : []),
    ]);

/** Arguments that are not written have their defaults. */
const printArguments = ({ definition, args = {} }: FieldSelection['element']): string =>
  `(${definition
    .arguments()
    .map(({ name, defaultValue }) => [name, (args as Record<string, unknown>)[name] ?? defaultValue] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ')})`;
