import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

import { bytesPerCompiled, type OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import { collectFields, type FieldNodes, type OperationContext } from '../../services/kit/graphql/selection.js';
import { maxListLength } from '../validation/response-validator.js';
import type { SubgraphTypes } from '../validation/subgraph-types.js';
import { type JsonCursor, jsonNull } from './json-cursor.js';
import { type Literal, toLiteral } from '../../services/kit/byte-literal.js';

/** Moves a cursor over a valid value, and keeps what the client selected. False: it is not the expected JSON. */
export type Scan = (cursor: JsonCursor) => boolean;

/** The names under which fields are fetched. */
export interface FetchedNames {
  readonly toFetched: (field: Pick<FieldNode, 'alias' | 'name'>) => string;
}

/** What the scans of a fetch are compiled with. */
export interface RawContext {
  /** The operation that the fetch sends, under the subgraph's own schema. */
  readonly fetch: OperationContext;
  readonly types: SubgraphTypes;
  /** The client's operation. */
  readonly client: OperationContext;
  readonly names: FetchedNames;
  readonly memory: OperationMemory;
}

/** A value that a fetch selects, and that the client selects. */
interface SelectedValue {
  readonly type: GraphQLOutputType;
  readonly sets: readonly SelectionSetNode[];
  readonly clientType: GraphQLOutputType;
  readonly clientSets: readonly SelectionSetNode[];
}

/** A field with a type of its own, which has leaves. */
interface LeafField {
  readonly parent: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

const [openBrace, closeBrace, openBracket, closeBracket, comma] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];
/** No other value of JSON begins with it. */
export const firstOfNull = 0x6e;

/** Compiles the scan of a value. Null: the client gets it in another form, so that it has to be parsed. */
function compileRaw(context: RawContext, value: SelectedValue, leaf: LeafField): Scan | null {
  const { type, clientType } = value;
  if (isNonNullType(type))
    return compileRaw(
      context,
      { ...value, type: type.ofType, clientType: isNonNullType(clientType) ? clientType.ofType : clientType },
      leaf,
    );
  // The supergraph allows null where a subgraph does.
  if (isNonNullType(clientType)) return null;
  if (isListType(type)) {
    if (!isListType(clientType)) return null;
    const item = compileRaw(context, { ...value, type: type.ofType, clientType: clientType.ofType }, leaf);
    return item && scanList(isNonNullType(type.ofType) ? item : orNull(item));
  }
  if (isLeafType(type)) {
    const isHidden =
      isEnumType(type) && isEnumType(clientType) && type.getValues().some(({ name }) => !clientType.getValue(name));
    return isHidden || getNamedType(clientType).name !== type.name ? null : compileLeaf(context, leaf, type);
  }
  const client = getNamedType(clientType);
  if (!isCompositeType(type) || !isCompositeType(client)) return null;
  return isObjectType(type)
    ? scanObject(context, type, { ...value, client })
    : scanAbstract(context, type, { ...value, client });
}

const orNull =
  (scan: Scan): Scan =>
  (cursor) =>
    cursor.next === firstOfNull ? cursor.expect(jsonNull) : scan(cursor);

function compileLeaf({ types }: RawContext, { parent, field }: LeafField, type: GraphQLOutputType): Scan {
  if (!isLeafType(type)) throw new Error(`${type.toString()} is not a type of leaves.`);
  const rule = types.findLeafRule(parent, field, type);
  return (cursor) => cursor.leaf(rule);
}

const scanList =
  (item: Scan): Scan =>
  (cursor) =>
    forEachItem(cursor, item);

/** Moves a cursor over a list, and calls `onItem` at each of its items. */
export function forEachItem(cursor: JsonCursor, onItem: Scan): boolean {
  if (cursor.next !== openBracket) return false;
  cursor.at += 1;
  if (cursor.next === closeBracket) {
    cursor.at += 1;
    return true;
  }
  for (let length = 1; length <= maxListLength; length += 1) {
    if (!onItem(cursor)) return false;
    const after = cursor.next;
    cursor.at += 1;
    if (after === closeBracket) return true;
    if (after !== comma) return false;
  }
  return false;
}

interface ClientSelection extends Pick<SelectedValue, 'sets' | 'clientSets'> {
  readonly client: GraphQLCompositeType;
}

/** A field in the order in which a subgraph returns it. */
interface ScannedField {
  /** Its name and what surrounds it, for its place among the fields. */
  readonly prefix: Literal;
  readonly scan: Scan;
  /** Whether the client gets it. */
  readonly isKept: boolean;
  /** Whether a kept one is before it. */
  readonly isAfterKept: boolean;
  /** What the client gets instead of `prefix`. Empty: the same. */
  readonly renamed: string;
}

function scanObject(context: RawContext, type: GraphQLObjectType, selection: ClientSelection): Scan | null {
  const fields = compileObject(context, type, selection);
  if (!fields) return null;
  context.memory.bytes += fields.length * bytesPerCompiled.field;
  // Objects in a list are often equal to those of the item before, such as their provenance: what is equal is valid as well.
  let [last, lastStart, lastEnd] = [0, 0, 0];
  return (cursor) => {
    if (cursor.next !== openBrace) return false;
    if (last === cursor.number && cursor.repeat(lastStart, lastEnd)) return true;
    const { at: objectStart, cuts } = cursor;
    cursor.at += 1;
    let cutFrom = -1;
    for (const { prefix, scan, isKept, isAfterKept, renamed } of fields) {
      const start = cursor.at;
      if (!cursor.expect(prefix)) return false;
      if (!isKept) {
        if (cutFrom === -1) cutFrom = start;
      } else {
        // A comma separates what is kept.
        if (cutFrom !== -1) cursor.cut(cutFrom, isAfterKept || renamed !== '' ? start : start + 1);
        if (renamed !== '') cursor.cut(start, cursor.at, renamed);
        cutFrom = -1;
      }
      if (!scan(cursor)) return false;
    }
    if (cutFrom !== -1) cursor.cut(cutFrom, cursor.at);
    if (cursor.next !== closeBrace) return false;
    cursor.at += 1;
    if (cursor.cuts === cuts) [last, lastStart, lastEnd] = [cursor.number, objectStart, cursor.at];
    return true;
  };
}

/** The fields of an object. Null: the client gets others, or in another order. */
function compileObject(
  context: RawContext,
  type: GraphQLObjectType,
  { sets, client, clientSets }: ClientSelection,
): readonly ScannedField[] | null {
  const clientType = findClientType(context, client, type.name);
  if (!clientType) return null;
  const fetched = collectFields(context.fetch, type, sets);
  // Without its type, an object is one of the type that the client sees.
  if (!fetched.has('__typename') && client !== clientType) return null;
  const selected = [...collectFields(context.client, clientType, clientSets)];
  if (selected.length === 0) return null;
  const toClient = new Map(selected.map(([name, nodes]) => [context.names.toFetched(nodes[0]), { name, nodes }]));
  const order = [...fetched.keys()].filter((name) => toClient.has(name));
  const wanted = [...toClient.keys()];
  if (toClient.size !== selected.length || order.length !== wanted.length) return null;
  if (order.some((name, index) => name !== wanted[index])) return null;
  let isAfterKept = false;
  const fields: ScannedField[] = [];
  for (const [name, nodes] of fetched) {
    const kept = toClient.get(name);
    const scan = compileField(context, { type, nodes, clientType, clientNodes: kept?.nodes ?? null });
    if (!scan) return null;
    const key = `${JSON.stringify(name)}:`;
    fields.push({
      prefix: toLiteral(fields.length === 0 ? key : `,${key}`),
      scan,
      isKept: kept !== undefined,
      isAfterKept,
      renamed: kept && kept.name !== name ? `${isAfterKept ? ',' : ''}${JSON.stringify(kept.name)}:` : '',
    });
    isAfterKept ||= kept !== undefined;
  }
  return fields;
}

/** The type of an object as the client sees it. */
export function findClientType(
  { client: { schema } }: RawContext,
  client: GraphQLCompositeType,
  name: string,
): GraphQLObjectType | null {
  const type = schema.getType(name);
  if (!isObjectType(type)) return null;
  return type === client || (isAbstractType(client) && schema.isSubType(client, type)) ? type : null;
}

interface FieldOfBoth {
  readonly type: GraphQLObjectType;
  readonly nodes: FieldNodes extends Map<string, infer Nodes> ? Nodes : never;
  readonly clientType: GraphQLObjectType;
  /** Null: the client does not get it. */
  readonly clientNodes: FieldOfBoth['nodes'] | null;
}

/** Null: it has to be parsed, since the client gets it in another form, or not at all though it is no leaf. */
export function compileField(context: RawContext, { type, nodes, clientType, clientNodes }: FieldOfBoth): Scan | null {
  const source = nodes[0].name.value;
  if (clientNodes && clientNodes[0].name.value !== source) return null;
  if (source === '__typename') {
    const expected = toLiteral(JSON.stringify(type.name));
    return (cursor) => cursor.expect(expected);
  }
  const field = type.getFields()[source];
  if (!field) return null;
  const clientField = clientNodes ? clientType.getFields()[source] : undefined;
  if (clientNodes ? !clientField : isCompositeType(getNamedType(field.type))) return null;
  const scan = compileRaw(
    context,
    {
      type: field.type,
      sets: toSets(nodes),
      clientType: clientField?.type ?? field.type,
      clientSets: toSets(clientNodes ?? []),
    },
    { parent: type, field },
  );
  return scan && !isNonNullType(field.type) ? orNull(scan) : scan;
}

export const toSets = (
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
): SelectionSetNode[] => nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));

/** The type of an object comes first. The scan of each type is compiled when its first object comes. */
function scanAbstract(context: RawContext, type: GraphQLCompositeType, selection: ClientSelection): Scan | null {
  const scans: { readonly begin: Literal; readonly scan: Scan | null }[] = [];
  const compile = (name: string | undefined): Scan | null => {
    const named = name === undefined ? undefined : context.fetch.schema.getType(name);
    if (!isObjectType(named) || !isAbstractType(type) || !context.fetch.schema.isSubType(type, named)) return null;
    const scan = scanObject(context, named, selection);
    scans.push({ begin: toLiteral(`{"__typename":${JSON.stringify(named.name)}`), scan });
    return scan;
  };
  return (cursor) => {
    for (const { begin, scan } of scans) if (cursor.isNext(begin)) return scan?.(cursor) ?? false;
    return compile(cursor.peekTypename())?.(cursor) ?? false;
  };
}
