import { refuse } from './refuse.js';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** By what a row stands in its list; the last value is unique. */
export type Key = readonly (string | number)[];

export interface List<Row> {
  /** Names the list and its order: a cursor of another one is refused. */
  readonly scope: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => Key;
  readonly descending?: boolean;
}

const usual = 20;
const most = 200;

/** One page of a list, as a Relay connection. */
export function pageOf<Row>({ scope, rows, keyOf, descending = false }: List<Row>, args: PageArguments) {
  const { first, last } = args;
  if (first != null && last != null) throw refuse('INVALID_ARGUMENT', 'Give `first` or `last`, not both.');
  const limit = first ?? last ?? usual;
  if (limit < 0 || limit > most) {
    throw refuse('INVALID_ARGUMENT', `\`${last == null ? 'first' : 'last'}\` is ${limit}; it can be 0 to ${most}.`);
  }
  const compare = (one: Key, other: Key): number => (descending ? -1 : 1) * compareKeys(one, other);
  const sorted = rows.map((node) => ({ node, key: keyOf(node) })).sort((one, other) => compare(one.key, other.key));
  const [after, before] = [readKey('after', args.after, scope), readKey('before', args.before, scope)];
  const between = sorted.filter(
    ({ key }) => (after === null || compare(key, after) > 0) && (before === null || compare(key, before) < 0),
  );
  const cut = last == null ? between.slice(0, limit) : between.slice(Math.max(0, between.length - limit));
  const edges = cut.map(({ node, key }) => ({ node, cursor: writeCursor(scope, key) }));
  const isCut = between.length > cut.length;
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount: rows.length,
    pageInfo: {
      hasNextPage: last == null ? isCut : before !== null,
      hasPreviousPage: last == null ? after !== null : isCut,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function compareKeys(one: Key, other: Key): number {
  const index = one.findIndex((value, place) => value !== other[place]);
  if (index < 0) return 0;
  return (one[index] ?? '') < (other[index] ?? '') ? -1 : 1;
}

/** A place in a list, for this list alone. */
export const writeCursor = (scope: string, key: Key): string =>
  Buffer.from(JSON.stringify([scope, ...key])).toString('base64url');

/** The place that a cursor names. Null: none was given. */
export function readKey(name: string, cursor: string | null | undefined, scope: string): Key | null {
  if (cursor == null) return null;
  const [from, ...key] = parseCursor(cursor);
  if (from !== scope) {
    throw refuse(
      'INVALID_CURSOR',
      `\`${name}\` is no cursor of this list. Take one from its \`pageInfo\` or \`edges\`.`,
    );
  }
  return key as Key;
}

function parseCursor(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
