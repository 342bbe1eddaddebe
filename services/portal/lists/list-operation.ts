import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

import { fieldCosts } from '../../../schema/sdl/field-costs.js';
import { HttpError } from '../../kit/http-error.js';
import { inlineFragments } from './inline-fragments.js';
import type { JsonObject, Operation } from '../gateway/gateway-client.js';

/** A list of an operation, which is read page by page. */
export interface ListOperation {
  /** The keys of the list in a response, from the root: `['organisation', 'members']`. */
  readonly path: readonly string[];
  /** Whether it is a connection, and has pages. Otherwise the whole list is in one response. */
  readonly isPaged: boolean;
  /** What is selected of each item: the selections of `nodes`, of `edges`, or of the field of a plain list. */
  readonly selections: readonly SelectionNode[];
  /** How an item is found in a page. */
  readonly items: 'nodes' | 'edges' | 'list';
  /** The operation for the page after a cursor: of everything else that the client selected, nothing is read. */
  readonly page: (after: string | null) => Operation;
  /** The operation for the cursor at the end of that page, without its items. Undefined: it costs as much as the page. */
  readonly position: ((after: string | null) => Operation) | undefined;
  /** The same list in pages of the usual size. Undefined: they have it. */
  readonly inUsualPages: ListOperation | undefined;
}

/** An operation of a client, and the list of it to read. */
export interface ListRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: JsonObject | undefined;
  /** The keys of the list from the root, joined by dots. Default: the only list. */
  readonly list?: string | undefined;
}

/** A field of the operation, with the fields around it. */
interface Found {
  readonly path: readonly string[];
  readonly isPaged: boolean;
}

/** The largest page of most lists. Those that are made to be read whole have larger ones, and their positions cost little. */
const usualPageSize = 200;
/** The name of the portal's own variable; clients cannot have one that begins like this by accident. */
const afterVariable = 'portalAfter';
const pageArguments = new Set(['first', 'after', 'last', 'before']);

const invalid = (message: string): HttpError => new HttpError(message, { status: 400, code: 'INVALID_LIST' });

/**
 * Finds the list of an operation, and makes the operations that read its pages.
 *
 * @throws HttpError if the operation cannot be parsed, or if it is not clear which list is meant.
 */
export function toListOperation(request: ListRequest): ListOperation {
  const { path, field, items, selections, write } = findList(request);
  const isPaged = items !== 'list';
  const cost = path.length === 1 ? fieldCosts[`Query.${field.name.value}`] : undefined;
  const inPagesOf = (pageSize: number): ListOperation => {
    const isLong = isPaged && pageSize > usualPageSize;
    return {
      path,
      isPaged,
      items,
      selections,
      page: write(pageSize, items),
      position: isLong ? write(pageSize, undefined) : undefined,
      inUsualPages: isLong ? inPagesOf(usualPageSize) : undefined,
    };
  };
  return inPagesOf(cost?.page?.maxSize ?? usualPageSize);
}

/** The list of a request, and what writes the operations that read it. */
interface FoundList extends Pick<ListOperation, 'path' | 'items' | 'selections'> {
  readonly field: FieldNode;
  /** @param items undefined: only the position of the page is read. */
  readonly write: (pageSize: number, items: ListOperation['items'] | undefined) => (after: string | null) => Operation;
}

function findList({ query, operationName, variables = {}, list }: ListRequest): FoundList {
  const document = parseDocument(query);
  const operation = findOperation(document, operationName);
  const fragments = new Map(
    document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const selections = inlineFragments(operation.selectionSet.selections, fragments);
  const { path, isPaged } = chooseList(selections, list);
  const field = fieldAt(selections, path);
  const inner = field.selectionSet?.selections ?? [];
  const items = isPaged
    ? fieldsOf(inner).some((item) => keyOf(item) === 'edges') && !has(inner, 'nodes')
      ? 'edges'
      : 'nodes'
    : 'list';
  return {
    path,
    field,
    items,
    selections: items === 'list' ? inner : (fieldAt(inner, [items]).selectionSet?.selections ?? []),
    write: (pageSize, wanted) => {
      const pruned = prune(selections, path, (list) => (isPaged ? toPagedField(list, wanted, pageSize) : list));
      const text = printOperation(operation, pruned, isPaged);
      const used = usedVariables(text);
      const ownVariables = Object.fromEntries(Object.entries(variables).filter(([name]) => used.has(name)));
      return (after) => ({
        query: text,
        variables: isPaged ? { ...ownVariables, [afterVariable]: after } : ownVariables,
      });
    },
  };
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, { maxLexicalTokens: 4_000, noLocation: true });
  } catch (error) {
    throw new HttpError(`The operation is not valid GraphQL: ${(error as Error).message}`, {
      status: 400,
      code: 'GRAPHQL_PARSE_FAILED',
    });
  }
}

function findOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = operations.filter((operation) => name === undefined || operation.name?.value === name);
  const [operation] = found;
  if (operation?.operation === OperationTypeNode.QUERY && found.length === 1) return operation;
  const names = operations.map((other) => other.name?.value ?? '(without a name)').join(', ');
  throw invalid(`The operation has to be one query; \`operationName\` names it. Operations of the document: ${names}.`);
}

/** The response key of a field. */
export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The fields of a selection, those in inline fragments included. */
export const fieldsOf = (selections: readonly SelectionNode[]): FieldNode[] =>
  selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [selection]
      : selection.kind === Kind.INLINE_FRAGMENT
        ? fieldsOf(selection.selectionSet.selections)
        : [],
  );

const has = (selections: readonly SelectionNode[], key: string): boolean =>
  fieldsOf(selections).some((field) => keyOf(field) === key);

/** A field is a connection if its items are selected as those of one. */
const isConnection = ({ selectionSet }: FieldNode): boolean =>
  selectionSet !== undefined && (has(selectionSet.selections, 'nodes') || has(selectionSet.selections, 'edges'));

/** The outermost connections; without any, the fields of the root, which may be plain lists. */
function findLists(selections: readonly SelectionNode[]): Found[] {
  const connections = findConnections(selections, []);
  if (connections.length > 0) return connections;
  return fieldsOf(selections).flatMap((field) =>
    field.selectionSet ? [{ path: [keyOf(field)], isPaged: false }] : [],
  );
}

const findConnections = (selections: readonly SelectionNode[], path: readonly string[]): Found[] => {
  const found = fieldsOf(selections).flatMap((field): Found[] => {
    const here = [...path, keyOf(field)];
    if (isConnection(field)) return [{ path: here, isPaged: true }];
    return field.selectionSet ? findConnections(field.selectionSet.selections, here) : [];
  });
  return [...new Map(found.map((list) => [list.path.join('.'), list])).values()];
};

function chooseList(selections: readonly SelectionNode[], wanted: string | undefined): Found {
  const lists = findLists(selections);
  const names = lists.map(({ path }) => path.join('.'));
  const [list, ...others] = wanted === undefined ? lists : findNamed(selections, wanted.split('.'));
  if (list && others.length === 0) return list;
  const allowed = names.length === 0 ? 'The operation has none.' : `Lists of the operation: ${names.join(', ')}.`;
  throw invalid(`The parameter \`list\` has to name one list of the operation. ${allowed}`);
}

/**
 * The field at a path, if it has items. It may be a list without pages below the root, such as the memberships of an organisation,
 * which only the client can tell from an object.
 */
function findNamed(selections: readonly SelectionNode[], path: readonly string[]): Found[] {
  const fields = path.reduce(
    (found, key) =>
      fieldsOf(found)
        .filter((field) => keyOf(field) === key)
        .flatMap((field) => field.selectionSet?.selections ?? []),
    selections,
  );
  return fields.length === 0 ? [] : [{ path, isPaged: isConnection(fieldAt(selections, path)) }];
}

function fieldAt(selections: readonly SelectionNode[], [key, ...rest]: readonly string[]): FieldNode {
  const fields = fieldsOf(selections).filter((field) => keyOf(field) === key);
  const [first] = fields;
  if (!first) throw new Error(`The operation has no field ${String(key)}.`);
  if (rest.length > 0)
    return fieldAt(
      fields.flatMap((field) => field.selectionSet?.selections ?? []),
      rest,
    );
  const selected = fields.flatMap((field) => field.selectionSet?.selections ?? []);
  return { ...first, selectionSet: { kind: Kind.SELECTION_SET, selections: selected } };
}

/** Leaves out all fields beside the path, and replaces the one at its end. */
const prune = (
  selections: readonly SelectionNode[],
  [key, ...rest]: readonly string[],
  replace: (field: FieldNode) => FieldNode,
): SelectionNode[] =>
  selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = prune(selection.selectionSet.selections, [key ?? '', ...rest], replace);
      return inner.length > 0 ? [{ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }] : [];
    }
    if (selection.kind !== Kind.FIELD || keyOf(selection) !== key) return [];
    if (rest.length === 0) return [replace(selection)];
    const inner = prune(selection.selectionSet?.selections ?? [], rest, replace);
    return inner.length > 0 ? [{ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }] : [];
  });

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

/** The connection with its items, if they are wanted, and its position, in pages of a size. */
function toPagedField(field: FieldNode, items: ListOperation['items'] | undefined, pageSize: number): FieldNode {
  const kept = (field.arguments ?? []).filter((argument) => !pageArguments.has(argument.name.value));
  const own: ArgumentNode[] = [
    { kind: Kind.ARGUMENT, name: name('first'), value: { kind: Kind.INT, value: String(pageSize) } },
    { kind: Kind.ARGUMENT, name: name('after'), value: { kind: Kind.VARIABLE, name: name(afterVariable) } },
  ];
  const selections = field.selectionSet?.selections.filter(
    (selection) =>
      items !== undefined &&
      (selection.kind === Kind.INLINE_FRAGMENT || (selection.kind === Kind.FIELD && keyOf(selection) === items)),
  );
  const position: FieldNode = {
    kind: Kind.FIELD,
    name: name('pageInfo'),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: ['hasNextPage', 'endCursor'].map((key) => ({ kind: Kind.FIELD, name: name(key) })),
    },
  };
  return {
    ...field,
    arguments: [...kept, ...own],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(selections ?? []), position] },
  };
}

function printOperation(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  isPaged: boolean,
): string {
  const body: OperationDefinitionNode = {
    ...operation,
    name: name('Portal'),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  const used = usedVariables(print({ ...body, variableDefinitions: [] }));
  const kept = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const after: VariableDefinitionNode = {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: name(afterVariable) },
    type: { kind: Kind.NAMED_TYPE, name: name('String') },
  };
  return print({ ...body, variableDefinitions: isPaged ? [...kept, after] : kept });
}

function usedVariables(text: string): Set<string> {
  const used = new Set<string>();
  visit(parse(text), {
    Variable: ({ name: { value } }) => {
      used.add(value);
    },
    // A definition is not a use.
    VariableDefinition: () => false,
  });
  return used;
}
