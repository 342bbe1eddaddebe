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

/** The operation that a plan is made for, as text, and what became of the client's variables in it. */
export interface PlannerDocument {
  readonly text: string;
  /** The new name of a variable whose name the gateway needs for itself. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** What the gateway calls the variable in which it names objects to subgraphs. */
const reservedVariable = 'representations';

/** By which the gateway asks whether a body exists. */
const existenceAlias = 'existence_';

/**
 * Writes an operation for the planner: with its fragments and nothing else; no variable called as one of the gateway's own; and
 * with the `id` of bodies of which only `__typename` is asked, because that alone would be answered by a subgraph that knows
 * no bodies, and make ghosts of those that do not exist.
 *
 * @param isOwned whether the bodies of a type are known to one subgraph alone
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
        const isBody =
          isCompositeType(type) &&
          (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]).some(({ name }) => isOwned(name)) &&
          'getFields' in type &&
          Object.hasOwn(type.getFields(), 'id');
        return isBody && set.selections.every(isTypenameOnly) ? addExistenceField(set) : undefined;
      },
      Variable: (node) => {
        const name = renamed.get(node.name.value);
        return name === undefined ? undefined : { ...node, name: { ...node.name, value: name } };
      },
    }),
  );
  return { text: print(written), renamed };
}

/** Fragments may be about some of the types only. */
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
