import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { safeName } from './safe-name.js';

/** The operation as the planner gets it, and the renamed variables. */
export interface PlannerDocument {
  readonly text: string;
  /** The new name of a variable whose name the gateway reserves. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The variable in which the gateway sends representations to subgraphs. */
const reservedVariable = 'representations';

/** The alias by which the gateway checks whether an organisation exists. */
const existenceAlias = 'existence_';

/**
 * Creates the document for the planner: the operation with its fragments and nothing else; without a variable of a reserved
 * name; and with the `id` of organisations of which only `__typename` is selected. A subgraph that has only stubs could
 * resolve `__typename` alone, and would return ghosts, stubs of organisations that do not exist.
 *
 * @param isOwned whether one subgraph alone knows the objects of a type
 */
export function createPlannerDocument(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  isOwned: (typename: string) => boolean,
): PlannerDocument {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
  const names = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  const renamed = new Map(names.has(reservedVariable) ? [[reservedVariable, findUnusedName(names)]] : []);
  const typeInfo = new TypeInfo(schema);
  const written = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const name = node.alias && safeName(node.alias.value);
        return name === node.alias?.value ? undefined : { ...node, alias: { kind: Kind.NAME, value: name ?? '' } };
      },
      SelectionSet: (set) => {
        const type = getNamedType(typeInfo.getType());
        const isOwnedType =
          isCompositeType(type) &&
          (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]).some(({ name }) => isOwned(name)) &&
          'getFields' in type &&
          Object.hasOwn(type.getFields(), 'id');
        return isOwnedType && set.selections.every(isTypenameOnly) ? addExistenceField(set) : undefined;
      },
      Variable: (node) => {
        const name = renamed.get(node.name.value);
        return name === undefined ? undefined : { ...node, name: { ...node.name, value: name } };
      },
    }),
  );
  return { text: print(written), renamed };
}

/** A fragment may apply to some of the types only. */
const isTypenameOnly = (selection: SelectionNode): boolean =>
  selection.kind !== Kind.FIELD || selection.name.value === '__typename';

const addExistenceField = (set: SelectionSetNode): SelectionSetNode => ({
  ...set,
  selections: [
    ...set.selections,
    {
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: existenceAlias },
      name: { kind: Kind.NAME, value: 'id' },
    },
  ],
});

function findUnusedName(names: ReadonlySet<string>): string {
  let name = `${reservedVariable}_`;
  while (names.has(name)) name += '_';
  return name;
}
