import { Kind, parse, type SelectionNode, type ValueNode } from 'graphql';

/**
 * Returns the response names of a query's root fields, without those that `@skip` and `@include` exclude. For queries from
 * the gateway to subgraphs, which contain inline fragments only.
 */
export function findRootFields(query: string, variables: Readonly<Record<string, unknown>>): readonly string[] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const defaults = new Map(
    operation?.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );

  const isTrue = (value: ValueNode | undefined): boolean => {
    if (value?.kind === Kind.BOOLEAN) return value.value;
    if (value?.kind !== Kind.VARIABLE) return false;
    const given = variables[value.name.value];
    return given === undefined ? isTrue(defaults.get(value.name.value)) : given === true;
  };
  const shouldIncludeNode = ({ directives = [] }: SelectionNode): boolean =>
    directives.every(({ name, arguments: [condition] = [] }) => {
      if (name.value === 'skip') return !isTrue(condition?.value);
      return name.value !== 'include' || isTrue(condition?.value);
    });
  const namesIn = (selections: readonly SelectionNode[]): string[] =>
    selections.filter(shouldIncludeNode).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      return selection.kind === Kind.INLINE_FRAGMENT ? namesIn(selection.selectionSet.selections) : [];
    });

  return [...new Set(namesIn(operation?.selectionSet.selections ?? []))];
}
