import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
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

import { doesFragmentConditionMatch, type OperationContext } from '../../services/kit/graphql/selection.js';
import type { ResponseNames } from './response-names.js';

/** The operation as the planner gets it, and the renamed variables. */
export interface PlannerDocument {
  /** Null: nothing has to be fetched. */
  readonly text: string | null;
  /** The new names of variables whose names the gateway reserves. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** What the planner's document of an operation depends on. */
export interface PlannerDocumentOptions {
  /** Whether one subgraph alone knows the objects of a type. */
  readonly isOwned: (typename: string) => boolean;
  readonly names: Pick<ResponseNames, 'toFetched'>;
}

/**
 * Creates the document for the planner: the operation, of which `@skip` and `@include` are applied, with the fragments that it uses
 * and nothing else, and
 * - with the names of `ResponseNames`, and without variables of reserved names;
 * - without introspection, which the gateway executes itself;
 * - with a field of each object, so that an object that does not exist is null. A subgraph that has only stubs could resolve
 *   `__typename` alone, and would return ghosts, stubs of organisations that do not exist: of these, `id` is fetched.
 */
export function createPlannerDocument(
  context: OperationContext,
  { isOwned, names }: PlannerDocumentOptions,
): PlannerDocument {
  const { schema, operation, fragments } = context;
  const renamed = renameVariables(operation);
  const typeInfo = new TypeInfo(schema);
  const write = <Node extends OperationDefinitionNode | FragmentDefinitionNode>(definition: Node): Node =>
    visit(
      definition,
      visitWithTypeInfo(typeInfo, {
        Field: (node) => {
          if (isIntrospection(node)) return typenameField;
          const name = names.toFetched(node);
          return name === (node.alias ?? node.name).value
            ? undefined
            : { ...node, alias: { kind: Kind.NAME, value: name } };
        },
        SelectionSet: (set, _key, parent) => {
          const type = getNamedType(typeInfo.getType());
          if (!isCompositeType(type)) return undefined;
          // A set in a fragment only adds to that of a field, and may not be empty either.
          const added = isField(parent)
            ? findMissing(context, isOwned, { set, type })
            : set.selections.length === 0
              ? [typenameField]
              : [];
          return added.length > 0 ? { ...set, selections: [...set.selections, ...added] } : undefined;
        },
        Variable: (node) => {
          const name = renamed.get(node.name.value);
          return name === undefined ? undefined : { ...node, name: { ...node.name, value: name } };
        },
      }),
    );

  const written = write(operation);
  const used = new Map<string, FragmentDefinitionNode>();
  const addUsed = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name: { value } }) => {
        const fragment = used.has(value) ? undefined : fragments.get(value);
        if (!fragment) return;
        const writtenFragment = write(fragment);
        used.set(value, writtenFragment);
        addUsed(writtenFragment);
      },
    });
  };
  addUsed(written);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [written, ...used.values()] };
  return { text: selectsData(written.selectionSet, used) ? print(document) : null, renamed };
}

/** What a set lacks so that a field of each object is fetched, and of an owned one a field of its owner. */
function findMissing(
  { schema, fragments }: OperationContext,
  isOwned: PlannerDocumentOptions['isOwned'],
  { set, type }: Pick<SetOfType, 'set' | 'type'>,
): readonly SelectionNode[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const ghosts = possible.filter(
    (one) =>
      isOwned(one.name) &&
      'id' in one.getFields() &&
      !alwaysSelects(schema, fragments, { set, type: one, counts: (name) => name !== '__typename' }),
  );
  if (ghosts.length > 0) return 'getFields' in type && 'id' in type.getFields() ? [idField] : ghosts.map(toIdFragment);
  return alwaysSelects(schema, fragments, { set, type, counts: () => true }) ? [] : [typenameField];
}

const toIdFragment = ({ name }: GraphQLObjectType): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
  selectionSet: { kind: Kind.SELECTION_SET, selections: [idField] },
});

const createField = (name: string): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
});
const typenameField = createField('__typename');
const idField = createField('id');

/** Apollo's planner has an older introspection schema than graphql-js. */
const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';

const isField = (node: unknown): boolean => (node as { kind?: unknown } | undefined)?.kind === Kind.FIELD;

interface SetOfType {
  readonly set: SelectionSetNode;
  readonly type: GraphQLCompositeType;
  /** Whether a field of this name counts. */
  readonly counts: (name: string) => boolean;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Whether a set selects a field of each object of a type. */
function alwaysSelects(schema: GraphQLSchema, fragments: Fragments, { set, type, counts }: SetOfType): boolean {
  return someField(set, fragments, {
    appliesTo: (fragment) => doesFragmentConditionMatch(schema, fragment.typeCondition?.name.value, type),
    matches: counts,
  });
}

/** Whether a set at the root selects fields of subgraphs. */
const selectsData = (set: SelectionSetNode, fragments: Fragments): boolean =>
  someField(set, fragments, {
    appliesTo: () => true,
    matches: (name) => name !== '__typename',
  });

interface FieldSearch {
  readonly appliesTo: (fragment: InlineFragmentNode | FragmentDefinitionNode) => boolean;
  readonly matches: (name: string) => boolean;
}

/** Whether a field matches in a set or in its fragments, each of which is searched once. */
function someField(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  search: FieldSearch,
  searched = new Set<string>(),
): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return search.matches(selection.name.value);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (searched.has(selection.name.value)) return false;
      searched.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return (
      fragment !== undefined &&
      search.appliesTo(fragment) &&
      someField(fragment.selectionSet, fragments, search, searched)
    );
  });
}

/**
 * The variables in which the gateway sends representations to subgraphs, and what every JavaScript object inherits: a client need
 * not send a value. A variable with the new name of another one gets a new name too.
 */
const reservedVariable = new RegExp(
  `^(?:representations(?:_\\d+)?|${Object.getOwnPropertyNames(Object.prototype).join('|')})_*$`,
);

const renameVariables = ({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, string> =>
  new Map(
    variableDefinitions
      .map(({ variable }) => variable.name.value)
      .filter((name) => reservedVariable.test(name))
      .map((name) => [name, `${name}_`]),
  );
