import { type DefinitionNode, Kind, visit } from 'graphql';

/** Finds the variables on which `@skip` and `@include` depend. */
export function findConditionVariables(definitions: readonly DefinitionNode[]): string[] {
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
