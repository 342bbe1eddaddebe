import {
  type FieldNode,
  getNullableType,
  type GraphQLObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { TextBytes } from '../text-bytes.js';
import { JsonText } from '../graphql/json-text.js';
import type { JsonRows, StoredRow } from '../graphql/json-rows.js';
import { findValues, isNull, type Places, type StoredKey, toStoredKeys } from '../json-shape.js';

/** The selected fields of an object type, by their names in the response. */
export type SelectedFields = ReadonlyMap<string, readonly FieldNode[]>;
type CollectFields = (type: GraphQLObjectType, nodes: readonly FieldNode[]) => SelectedFields;

/** Writes rows as JSON. Undefined: they have to be parsed, and executed as other objects. */
export type WriteJsonRows = (rows: JsonRows) => JsonText | undefined;

/** A selected field that is written without a resolver. */
interface WrittenField {
  /** Its key in the response, with a colon. */
  readonly key: string;
  /** Its name in the schema. */
  readonly name: string;
  readonly isNonNull: boolean;
  /** Of `__typename`. */
  readonly typename: string | undefined;
  /** Of an object. */
  readonly inner: readonly WrittenField[] | null;
}

/** A part of a row as it is written: a text, and a value behind it. */
type Part = { readonly text: string } & (
  | { readonly kind: 'text' }
  | { readonly kind: 'computed'; readonly name: string }
  /** What is stored from a place, or from the key before it, up to another place. */
  | { readonly kind: 'stored'; readonly from: number; readonly keyLength: number; readonly to: number }
  | { readonly kind: 'object'; readonly place: number; readonly parts: readonly Part[] }
);

/** How rows with the same keys in the same order are written. */
interface RowWriter {
  readonly keys: readonly StoredKey[];
  readonly parts: readonly Part[];
  /** The places of objects that must be null: those of which the keys are not known. */
  readonly onlyNull: readonly number[];
  /** The places of values that must not be null, with that of the object around each, which may be. */
  readonly nonNull: readonly { readonly place: number; readonly around: number | null }[];
}

/** Rows of one list have other keys where an object is null in the row from which they are known. */
const maxWriters = 8;

/** @param collect the selected fields of a type within the fields that are given. */
export function compileJsonRows(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  collect: CollectFields,
): WriteJsonRows {
  const byReader = new Map<unknown, WriteJsonRows>();
  return (rows) => {
    const { computed } = rows.reader;
    let write = byReader.get(computed);
    if (!write) {
      const fields = toWrittenFields(type, nodes, { collect, computed });
      write = fields ? createWriter(fields, new Set(Object.keys(computed))) : () => undefined;
      byReader.set(computed, write);
    }
    return write(rows);
  };
}

/** Null: a field has a resolver, or is none of a plain value or object. */
function toWrittenFields(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  { collect, computed }: { readonly collect: CollectFields; readonly computed: object },
): WrittenField[] | null {
  const written: WrittenField[] = [];
  for (const [responseName, [node, ...others]] of collect(type, nodes)) {
    const name = node?.name.value ?? '';
    const field = type.getFields()[name];
    if (!node || (!field && name !== '__typename')) return null;
    const nullable = field && getNullableType(field.type);
    const isPlain = isLeafType(nullable) || (isListType(nullable) && isLeafType(getNullableType(nullable.ofType)));
    if (field?.resolve && !Object.hasOwn(computed, name)) return null;
    if (field && !isPlain && !isObjectType(nullable)) return null;
    const inner = isObjectType(nullable) ? toWrittenFields(nullable, [node, ...others], { collect, computed: {} }) : [];
    if (!inner) return null;
    written.push({
      key: `${JSON.stringify(responseName)}:`,
      name,
      isNonNull: field !== undefined && isNonNullType(field.type),
      typename: field ? undefined : type.name,
      inner: isObjectType(nullable) ? inner : null,
    });
  }
  return written;
}

function createWriter(fields: readonly WrittenField[], computed: ReadonlySet<string>): WriteJsonRows {
  const writers: RowWriter[] = [];
  const places: Places = [];
  const find = (json: string): RowWriter | undefined => {
    const known = writers.find((writer) => isWrittenBy(writer, json, places));
    if (known || writers.length >= maxWriters) return known;
    const writer = createRowWriter(fields, computed, toStoredKeys(JSON.parse(json) as object));
    if (!writer || !isWrittenBy(writer, json, places)) return undefined;
    writers.push(writer);
    return writer;
  };
  return ({ rows, reader }) => {
    const text = new TextBytes();
    let before = '[';
    for (const row of rows) {
      const writer = find(row.json);
      if (!writer) return undefined;
      text.add(before + writeParts(writer.parts, row, reader.computed, places));
      before = ',';
    }
    text.add(rows.length === 0 ? '[]' : ']');
    return new JsonText(text.finish());
  };
}

function isWrittenBy({ keys, onlyNull, nonNull }: RowWriter, json: string, places: Places): boolean {
  if (findValues(json, 0, keys, places) !== json.length) return false;
  for (const place of onlyNull) if (!isNull(json, places[place] ?? 0)) return false;
  for (const { place, around } of nonNull) {
    if (around !== null && isNull(json, places[around] ?? 0)) continue;
    if (isNull(json, places[place] ?? 0)) return false;
  }
  return true;
}

function writeParts<Stored extends StoredRow>(
  parts: readonly Part[],
  row: Stored,
  computed: JsonRows<Stored>['reader']['computed'],
  places: Places,
): string {
  const { json } = row;
  let written = '';
  for (const part of parts) {
    written += part.text;
    if (part.kind === 'stored') written += json.slice((places[part.from] ?? 0) - part.keyLength, places[part.to]);
    else if (part.kind === 'computed') written += JSON.stringify(computed[part.name]?.(row) ?? null);
    else if (part.kind === 'object')
      written += isNull(json, places[part.place] ?? 0) ? 'null' : writeParts(part.parts, row, computed, places);
  }
  return written;
}

/** Null: a row with these keys has no value for a field that must have one. */
function createRowWriter(
  fields: readonly WrittenField[],
  computed: ReadonlySet<string>,
  keys: readonly StoredKey[],
): RowWriter | null {
  const nonNull: RowWriter['nonNull'][number][] = [];
  const onlyNull: number[] = [];
  const parts = toParts(fields, keys, { computed, onlyNull, nonNull, around: null });
  return parts && { keys, parts, onlyNull, nonNull };
}

interface PartsContext {
  readonly computed: ReadonlySet<string>;
  readonly onlyNull: number[];
  readonly nonNull: RowWriter['nonNull'][number][];
  /** The place of the object of which these are the keys. */
  readonly around: number | null;
}

function toParts(fields: readonly WrittenField[], keys: readonly StoredKey[], context: PartsContext): Part[] | null {
  const parts: Part[] = [];
  let text = '';
  /** The key after the last part, if that is stored and nothing was written behind it. */
  let following: StoredKey | undefined;
  for (const [index, { key, name, isNonNull, typename, inner }] of fields.entries()) {
    const before = index === 0 ? '{' : ',';
    if (typename !== undefined || context.computed.has(name)) {
      if (typename === undefined) parts.push({ kind: 'computed', name, text: `${text}${before}${key}` });
      text = typename === undefined ? '' : `${text}${before}${key}${JSON.stringify(typename)}`;
      following = undefined;
      continue;
    }
    const number = keys.findIndex((stored) => stored.name === name);
    const stored = keys[number];
    if (!stored) {
      if (isNonNull) return null;
      text += `${before}${key}null`;
      following = undefined;
      continue;
    }
    const { place } = stored;
    if (isNonNull) context.nonNull.push({ place, around: context.around });
    if (inner && !stored.inner) context.onlyNull.push(place);
    const innerParts =
      inner && stored.inner && toParts(inner, stored.inner, { ...context, computed: new Set(), around: place });
    if (innerParts === null && inner && stored.inner) return null;
    if (innerParts && !isWhole(innerParts, stored)) {
      parts.push({ kind: 'object', place, parts: innerParts, text: `${text}${before}${key}` });
      text = '';
      following = undefined;
      continue;
    }
    const isRenamed = key !== `${JSON.stringify(name)}:`;
    const last = parts.at(-1);
    if (stored === following && last?.kind === 'stored' && !isRenamed)
      parts[parts.length - 1] = { ...last, to: place + 1 };
    else {
      parts.push({
        kind: 'stored',
        from: place,
        keyLength: isRenamed ? 0 : key.length,
        to: place + 1,
        text: `${text}${before}${isRenamed ? key : ''}`,
      });
      text = '';
    }
    following = keys[number + 1];
  }
  return [...parts, { kind: 'text', text: `${text}}` }];
}

/** Whether the parts of an object are all that is stored of it, as it is stored. */
function isWhole(parts: readonly Part[], { inner }: StoredKey): boolean {
  const [first, last] = parts;
  return (
    parts.length === 2 &&
    first?.kind === 'stored' &&
    first.text === '{' &&
    first.from === inner?.[0]?.place &&
    first.keyLength > 0 &&
    first.to === (inner.at(-1)?.place ?? NaN) + 1 &&
    last?.kind === 'text' &&
    last.text === '}'
  );
}
