import { type GraphQLResolveInfo, Kind } from 'graphql';

import { inTurns } from '../observability/next-turn.js';
import type { RequestScope } from '../observability/request-context.js';
import { InputError } from './errors.js';
import { type JsonRowReader, JsonRows, type StoredRow } from './json-rows.js';

/** The arguments of a Relay connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** The values by which a list is ordered, the last one unique: the position of a row. Numbers are PostgreSQL's `integer`. */
export type Key = readonly (string | number)[];

/** A requested page, validated. */
export interface Page {
  readonly limit: number;
  /** Taken from the end: the last rows before `before`. */
  readonly backward: boolean;
  readonly after: Key | null;
  readonly before: Key | null;
}

/** A page of rows, as connections are resolved from it. */
export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Called only if it is selected: counting costs more than the page. */
  readonly count: () => Promise<number>;
}

/** A page of rows that are stored as JSON. */
interface StoredConnection<Row> extends Connection<Row> {
  readonly stored: readonly Row[];
}

export const defaultPageSize = 20;
export const maxPageSize = 200;

/**
 * Parses the arguments of a connection.
 *
 * @param scope names the list and its order: a cursor of any other is rejected.
 * @param types of the values in the list's keys.
 * @param maxSize of a page.
 * @throws InputError INVALID_ARGUMENT or INVALID_CURSOR.
 */
export function parsePage(
  args: PageArguments,
  scope: string,
  types: readonly ('string' | 'number')[],
  maxSize = maxPageSize,
): Page {
  const { first, last } = args;
  if (first != null && last != null) {
    throw new InputError('INVALID_ARGUMENT', 'Give `first` or `last`, not both.');
  }
  const backward = last != null;
  const limit = first ?? last ?? defaultPageSize;
  if (limit < 0 || limit > maxSize) {
    const name = backward ? 'last' : 'first';
    throw new InputError('INVALID_ARGUMENT', `\`${name}\` is ${limit}; it must be from 0 to ${maxSize}.`);
  }
  const decode = (name: 'after' | 'before'): Key | null => {
    const cursor = args[name];
    return cursor == null ? null : decodeCursor(cursor, name, scope, types);
  };
  return { limit, backward, after: decode('after'), before: decode('before') };
}

/** The cursor of a row. It carries its scope, so that it works in the list it came from and nowhere else. */
export const encodeCursor = (scope: string, key: Key): string =>
  Buffer.from(JSON.stringify([scope, ...key])).toString('base64url');

const maxCursorLength = 4000;

function decodeCursor(cursor: string, name: string, scope: string, types: readonly string[]): Key {
  const [from, ...key] = parseCursor(cursor) ?? [];
  if (typeof from !== 'string') {
    throw new InputError(
      'INVALID_CURSOR',
      `\`${name}\` is not a cursor. Cursors come from \`pageInfo\` or \`edges\` of the same list.`,
    );
  }
  const fits = key.length === types.length && key.every((value, index) => isOfType(value, types[index]));
  if (from !== scope || !fits) {
    throw new InputError(
      'INVALID_CURSOR',
      `\`${name}\` is a cursor of another list or order. Take one from this list, requested with the same arguments.`,
    );
  }
  return key as Key;
}

/** Only what the database accepts: clients can make up cursors. */
const isOfType = (value: unknown, type: string | undefined): boolean =>
  type === 'number' ? (Number(value) | 0) === value : typeof value === 'string' && !value.includes('\0');

function parseCursor(cursor: string): unknown[] | null {
  if (cursor.length > maxCursorLength) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** A class, because an object with a getter of its own takes many times as long to create, and pages have a thousand rows. */
class Edge<Row> {
  readonly node: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(node: Row, cursorOf: (row: Row) => string) {
    this.node = node;
    this.#cursorOf = cursorOf;
  }

  /** Most operations select no cursor of every row. */
  get cursor(): string {
    return this.#cursorOf(this.node);
  }
}

/** An edge of which the row is parsed only if that is needed. */
class StoredEdge<Stored extends StoredRow, Row extends object> {
  readonly #edge: { readonly node: Stored; readonly cursor: string };
  readonly #reader: JsonRowReader<Stored, Row>;

  constructor(edge: { readonly node: Stored; readonly cursor: string }, reader: JsonRowReader<Stored, Row>) {
    this.#edge = edge;
    this.#reader = reader;
  }

  get node(): Row {
    return this.#reader.parse(this.#edge.node);
  }

  get cursor(): string {
    return this.#edge.cursor;
  }
}

/** What is read of a page whose rows are not selected. */
export interface PageEnds<Row> {
  /** Its first and last row, in the order of the statement; none if it is empty. */
  readonly ends: readonly Row[];
  readonly hasMore: boolean;
}

/** A connection from the rows that `pageSql` selected, in the order selected, or from the ends of the page. */
export function toConnection<Row>(
  selected: readonly Row[] | PageEnds<Row>,
  page: Page,
  cursorOf: (row: Row) => string,
  count: () => Promise<number>,
): Connection<Row> {
  const more = 'ends' in selected ? selected.hasMore : selected.length > page.limit;
  const kept = 'ends' in selected ? [...selected.ends] : selected.slice(0, page.limit);
  return {
    edges: (page.backward ? kept.reverse() : kept).map((node) => new Edge(node, cursorOf)),
    hasNextPage: page.backward ? page.before !== null : more,
    hasPreviousPage: page.backward ? more : page.after !== null,
    count,
  };
}

/** A connection of rows that are stored as JSON, and parsed only if that is needed. */
export function toStoredConnection<Stored extends StoredRow, Row extends object>(
  { edges, ...page }: Connection<Stored>,
  reader: JsonRowReader<Stored, Row>,
): StoredConnection<Row> {
  return {
    ...page,
    // The types of resolvers have arrays; GraphQL accepts everything that can be iterated.
    stored: new JsonRows(
      edges.map(({ node }) => node),
      reader,
    ) as Iterable<Row> as readonly Row[],
    edges: edges.map((edge) => new StoredEdge(edge, reader)),
  };
}

/** By which values a list is ordered, the last one unique: what its cursors carry. */
export interface ListKey<Row> {
  readonly types: readonly ('string' | 'number')[];
  readonly of: (row: Row) => Key;
}

/** An ordered list, of which a connection shows a page. */
export interface PagedList<Row> {
  /** Names the list and its order: a cursor of any other is rejected. */
  readonly scope: string;
  readonly key: ListKey<Row>;
  /** The most rows of a page. Default: `maxPageSize`. */
  readonly maxSize?: number;
  /** The rows that `pageSql` selects, or the ends of the page if none of its rows is selected. */
  readonly find: (page: Page) => Promise<readonly Row[] | PageEnds<Row>>;
  readonly count: () => Promise<number>;
}

/**
 * Resolves a connection.
 *
 * @throws InputError as `parsePage` does.
 */
export async function resolvePage<Row>(args: PageArguments, list: PagedList<Row>): Promise<Connection<Row>> {
  const { scope, key, maxSize, find, count } = list;
  const page = parsePage(args, scope, key.types, maxSize);
  return toConnection(await find(page), page, (row) => encodeCursor(scope, key.of(row)), count);
}

/** Whether an operation selects rows of a connection, and not only its position. */
export const selectsRows = ({ fieldNodes }: Pick<GraphQLResolveInfo, 'fieldNodes'>): boolean =>
  fieldNodes.some(({ selectionSet }) =>
    selectionSet?.selections.some(
      // What a fragment selects is not looked at.
      (selection) => selection.kind !== Kind.FIELD || ['nodes', 'edges'].includes(selection.name.value),
    ),
  );

/** Whether an operation selects none but these fields. */
export const selectsOnly = (
  { fieldNodes }: Pick<GraphQLResolveInfo, 'fieldNodes'>,
  fields: readonly string[],
): boolean =>
  fieldNodes.every(({ selectionSet }) =>
    selectionSet?.selections.every(
      // What a fragment selects is not looked at.
      (selection) => selection.kind === Kind.FIELD && fields.includes(selection.name.value),
    ),
  );

/** The fields of so many rows are resolved at once. */
const rowsPerTurn = 100;

/** Resolvers of the rows of every connection type, also of one without a count. */
export const connectionRows = {
  edges: <Edge>({ edges }: { readonly edges: readonly Edge[] }, _args: unknown, { request }: RequestScope) =>
    inTurns(request, edges, rowsPerTurn),
  nodes: <Row>(
    { edges, stored }: { readonly edges: readonly { readonly node: Row }[]; readonly stored?: readonly Row[] },
    _args: unknown,
    { request }: RequestScope,
  ) =>
    stored ??
    inTurns(
      request,
      edges.map(({ node }) => node),
      rowsPerTurn,
    ),
};

/** Resolvers of every connection type. */
export const connectionResolvers = {
  ...connectionRows,
  totalCount: <Row>({ count }: Connection<Row>) => count(),
  pageInfo: <Row>({ edges, hasNextPage, hasPreviousPage }: Connection<Row>) => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }),
};
