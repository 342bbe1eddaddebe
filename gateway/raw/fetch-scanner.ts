import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

import { bytesPerCompiled } from '../../services/kit/graphql/operation-memory.js';
import { collectFields } from '../../services/kit/graphql/selection.js';
import { isOfRepresentation } from '../validation/response-validator.js';
import { compileField, findClientType, firstOfNull, forEachItem, type RawContext, toSets } from './compile-raw.js';
import { type JsonCursor, jsonNull, unexpected } from './json-cursor.js';
import { type Literal, toLiteral } from '../../services/kit/byte-literal.js';

type Data = Record<string, unknown>;

/** The response names of fields. */
type Path = readonly string[];

/** Reads a value: objects that are merged with others, and what is below them as raw JSON. `unexpected`: the JSON is another. */
type Read = (cursor: JsonCursor) => unknown;

/** Where the objects of a fetch are in what the client selects. */
export interface ClientPosition {
  readonly type: GraphQLCompositeType;
  readonly sets: readonly SelectionSetNode[];
}

export interface ScannerOptions {
  readonly context: RawContext;
  /** The position of what the fetch returns. */
  readonly client: ClientPosition;
  /** Whether what is at a path below that position is of no other fetch. */
  readonly isExclusive: (path: Path) => boolean;
}

/** Reads the responses to one fetch, validated, without parsing what is only passed on. */
export interface FetchScanner {
  /**
   * Reads the root fields of a response into `data`.
   *
   * @param prefix of their names.
   * @param representations by which entities were requested. Null: the fetch selects root fields.
   */
  readonly read: (cursor: JsonCursor, prefix: string, representations: readonly Data[] | null, data: Data) => boolean;
}

/** A field of an object that is read. */
interface ReadField {
  readonly name: string;
  readonly source: string;
  readonly prefix: Literal;
  readonly read: Read;
}

const [openBrace, closeBrace] = [0x7b, 0x7d];

export function compileScanner(options: ScannerOptions): FetchScanner {
  const compiler = new ReaderCompiler(options);
  return options.context.fetch.operation.variableDefinitions?.some(
    ({ variable }) => variable.name.value === 'representations',
  )
    ? compiler.entityScanner()
    : compiler.rootScanner();
}

class ReaderCompiler {
  readonly #options: ScannerOptions;

  constructor(options: ScannerOptions) {
    this.#options = options;
  }

  rootScanner(): FetchScanner {
    const { fetch } = this.#options.context;
    const root = fetch.schema.getQueryType();
    const fields = root ? this.#compileFields(root, [fetch.operation.selectionSet], this.#options.client, []) : [];
    const byPrefix = new Map<string, readonly ReadField[]>();
    return {
      read: (cursor, prefix, _representations, data) => {
        let prefixed = byPrefix.get(prefix);
        if (!prefixed) {
          prefixed = fields.map((field, index) => ({ ...field, prefix: toPrefix(prefix + field.name, index) }));
          byPrefix.set(prefix, prefixed);
        }
        return readFields(cursor, prefixed, data, prefix);
      },
    };
  }

  entityScanner(): FetchScanner {
    const { context, client } = this.#options;
    const root = context.fetch.operation.selectionSet.selections[0] as FieldNode;
    const sets = toSets([root]);
    const types = new Map<unknown, { fields: readonly ReadField[]; identity: readonly ReadField[] } | null>();
    const compile = (representation: Data) => {
      const type = context.fetch.schema.getType(String(representation['__typename']));
      if (!isObjectType(type)) return null;
      const fields = this.#compileFields(type, sets, client, []);
      const identity = fields.filter(({ source }) => source === 'id' || Object.hasOwn(representation, source));
      return { fields, identity };
    };
    const readEntity = (cursor: JsonCursor, representation: Data): unknown => {
      if (cursor.next === firstOfNull) return cursor.expect(jsonNull) ? null : unexpected;
      const typename = representation['__typename'];
      let compiled = types.get(typename);
      if (compiled === undefined) {
        compiled = compile(representation);
        types.set(typename, compiled);
      }
      if (!compiled) return unexpected;
      const entity = readObject(cursor, compiled.fields);
      if (entity === unexpected) return unexpected;
      const isRequested = compiled.identity.every((field) => isOfRepresentation(field, entity as Data, representation));
      return isRequested ? entity : unexpected;
    };
    const names = new Map<string, Literal>();
    return {
      read: (cursor, prefix, representations, data) => {
        const name = names.get(prefix) ?? toPrefix(`${prefix}_entities`, 0);
        names.set(prefix, name);
        if (!representations || !cursor.expect(name)) return false;
        const entities: unknown[] = [];
        const isRead = forEachItem(cursor, () => {
          const representation = representations[entities.length];
          const entity = representation ? readEntity(cursor, representation) : unexpected;
          entities.push(entity);
          return entity !== unexpected;
        });
        data[`${prefix}_entities`] = entities;
        return isRead && entities.length === representations.length;
      },
    };
  }

  #compileFields(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    client: ClientPosition | null,
    path: Path,
  ): readonly ReadField[] {
    const { context } = this.#options;
    const { fetch, names, memory } = context;
    const clientType = client && findClientType(context, client.type, type.name);
    const clientNodes = new Map(
      clientType
        ? [...collectFields(context.client, clientType, client.sets).values()].map((nodes) => [
            names.toFetched(nodes[0]),
            nodes,
          ])
        : [],
    );
    const fetched = collectFields(fetch, type, sets);
    memory.bytes += fetched.size * bytesPerCompiled.field;
    return [...fetched].map(([name, nodes], index) => {
      const source = nodes[0].name.value;
      const selected = clientNodes.get(name) ?? null;
      const field = type.getFields()[source];
      const prefix = toPrefix(name, index);
      if (!field) {
        const expected = toLiteral(JSON.stringify(type.name));
        return { name, source, prefix, read: (cursor) => (cursor.expect(expected) ? type.name : unexpected) };
      }
      const below = [...path, name];
      const isRaw = !isLeafType(getNullable(field.type)) && selected && this.#options.isExclusive(below);
      const scan =
        isRaw && clientType ? compileField(context, { type, nodes, clientType, clientNodes: selected }) : null;
      if (scan) return { name, source, prefix, read: readRaw(scan) };
      const clientField = selected && clientType?.getFields()[source];
      const named = clientField && getNamedType(clientField.type);
      const position = isCompositeType(named) ? { type: named, sets: toSets(selected ?? []) } : null;
      const read = this.#compileValue(field.type, toSets(nodes), { position, parent: type, field, path: below });
      return { name, source, prefix, read };
    });
  }

  #compileValue(type: GraphQLOutputType, sets: readonly SelectionSetNode[], at: FieldPosition): Read {
    if (!isNonNullType(type)) {
      const read = this.#compileNonNull(type, sets, at);
      return (cursor) => (cursor.next === firstOfNull ? (cursor.expect(jsonNull) ? null : unexpected) : read(cursor));
    }
    return this.#compileNonNull(type.ofType, sets, at);
  }

  #compileNonNull(type: GraphQLOutputType, sets: readonly SelectionSetNode[], at: FieldPosition): Read {
    const { context } = this.#options;
    if (isListType(type)) {
      const read = this.#compileValue(type.ofType, sets, at);
      return (cursor) => {
        const items: unknown[] = [];
        const isRead = forEachItem(cursor, () => items.push(read(cursor)) > 0 && items.at(-1) !== unexpected);
        return isRead ? items : unexpected;
      };
    }
    if (isLeafType(type)) {
      const rule = context.types.findLeafRule(at.parent, at.field, type);
      return (cursor) => cursor.readLeaf(rule);
    }
    const compiled = new Map<string, readonly ReadField[]>();
    const fieldsOf = (object: GraphQLObjectType): readonly ReadField[] => {
      const known = compiled.get(object.name) ?? this.#compileFields(object, sets, at.position, at.path);
      compiled.set(object.name, known);
      return known;
    };
    if (isObjectType(type)) return (cursor) => readObject(cursor, fieldsOf(type));
    return (cursor) => {
      const named = context.fetch.schema.getType(cursor.peekTypename() ?? '');
      const isPossible = isObjectType(named) && isAbstractType(type) && context.fetch.schema.isSubType(type, named);
      return isPossible ? readObject(cursor, fieldsOf(named)) : unexpected;
    };
  }
}

interface FieldPosition {
  /** Null: the client does not select it. */
  readonly position: ClientPosition | null;
  readonly parent: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: Path;
}

const getNullable = (type: GraphQLOutputType): GraphQLOutputType => (isNonNullType(type) ? type.ofType : type);

const toPrefix = (name: string, index: number): Literal =>
  toLiteral(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`);

const readRaw =
  (scan: (cursor: JsonCursor) => boolean): Read =>
  (cursor) => {
    const isNull = cursor.next === firstOfNull;
    cursor.begin();
    if (!scan(cursor)) return unexpected;
    return isNull ? null : cursor.end();
  };

function readObject(cursor: JsonCursor, fields: readonly ReadField[]): unknown {
  if (cursor.next !== openBrace) return unexpected;
  cursor.at += 1;
  const object: Data = {};
  if (!readFields(cursor, fields, object, '') || cursor.next !== closeBrace) return unexpected;
  cursor.at += 1;
  return object;
}

function readFields(cursor: JsonCursor, fields: readonly ReadField[], object: Data, namePrefix: string): boolean {
  for (const { name, prefix, read } of fields) {
    if (!cursor.expect(prefix)) return false;
    const value = read(cursor);
    if (value === unexpected) return false;
    object[namePrefix + name] = value;
  }
  return true;
}
