import { z } from 'zod';

import { problem } from './problem.js';

/** An item of a list: lists are ordered by creation. */
export interface Item {
  readonly uuid: string;
  readonly createdAt: string;
}

/** The cursors of the pages beside a page, as addresses relative to the list's: null at its ends. */
export interface Links {
  readonly prev: string | null;
  readonly next: string | null;
}

const time = z.iso.datetime({ error: 'must be an RFC 3339 time in UTC, such as 2026-06-07T14:56:23Z' });
const cursor = z
  .string()
  .max(255)
  .transform((text) => (text === '' ? undefined : text))
  .optional();
/** A larger page than this is one of this size. */
const maxPageSize = 100;
const defaultPageSize = 25;

/** The parameters of all lists. */
export const pageParameters = {
  // Everything that a catalogue contains is active.
  all: z.string().optional(),
  'page[size]': z
    .string()
    .regex(/^-?\d{0,9}$/, 'must be an integer')
    .default('')
    .transform((text) => (text === '' ? defaultPageSize : Number(text)))
    .pipe(z.number().min(1, `must be between 1 and ${maxPageSize}`))
    .transform((size) => Math.min(size, maxPageSize)),
  'page[after]': cursor,
  'page[before]': cursor,
};
export const periodParameters = { from: time.optional(), to: time.optional() };

export type PageParameters = z.output<z.ZodObject<typeof pageParameters>> &
  Partial<z.output<z.ZodObject<typeof periodParameters>>>;

/**
 * Parses the parameters of a list. The brackets are a part of their names.
 *
 * @throws HttpError with status 422, as the Open Catalog API states.
 */
export function parseParameters<Shape extends z.ZodRawShape>(shape: Shape, search: URLSearchParams) {
  const result = z.object(shape).safeParse(Object.fromEntries(search));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw problem(422, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

/** Selects a page of a list, which is in the order of creation. */
export function selectPage<Entry extends Item>(
  all: readonly Entry[],
  { from, to, 'page[size]': size, 'page[after]': after, 'page[before]': before }: PageParameters,
  search: URLSearchParams,
): { readonly items: readonly Entry[]; readonly links: Links } {
  const list = all.filter(
    ({ createdAt }) =>
      (from === undefined || Date.parse(createdAt) > Date.parse(from)) &&
      (to === undefined || Date.parse(createdAt) < Date.parse(to)),
  );
  const start = after === undefined ? 0 : positionAfter(list, parseCursor(after));
  const end = before === undefined ? list.length : positionOf(list, parseCursor(before));
  const first = before === undefined ? start : Math.max(start, end - size);
  const items = list.slice(first, Math.min(end, first + size));
  const [head, tail] = [items[0], items.at(-1)];
  return {
    items,
    links: {
      prev: head && first > 0 ? toLink(search, 'page[before]', head) : null,
      next: tail && first + items.length < list.length ? toLink(search, 'page[after]', tail) : null,
    },
  };
}

const cursorSchema = z.tuple([z.string(), z.string()]);

function parseCursor(text: string): Item {
  try {
    const [createdAt, uuid] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
    return { createdAt, uuid };
  } catch {
    throw problem(422, 'wrong cursor format in page[after] or page[before]');
  }
}

const isBefore = (one: Item, other: Item): boolean =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.uuid < other.uuid);

/** The number of items before a cursor, whose item may be gone. */
const positionOf = (list: readonly Item[], item: Item): number => {
  const index = list.findIndex((other) => !isBefore(other, item));
  return index === -1 ? list.length : index;
};

const positionAfter = (list: readonly Item[], item: Item): number => {
  const index = list.findIndex((other) => isBefore(item, other));
  return index === -1 ? list.length : index;
};

/** As developers-italia-api writes it: the query of the address. */
function toLink(search: URLSearchParams, parameter: string, { createdAt, uuid }: Item): string {
  const others = [...search].filter(([name]) => name !== 'page[after]' && name !== 'page[before]');
  const cursor = Buffer.from(JSON.stringify([createdAt, uuid])).toString('base64');
  const all = [...others, [parameter, cursor]].sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  return `?${all.map(([name, value]) => `${name ?? ''}=${encodeURIComponent(value ?? '')}`).join('&')}`;
}
