import { setTimeout as sleep } from 'node:timers/promises';

import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient, GatewayResponse, JsonObject, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable, isTransient, toHttpError } from '../gateway/gateway-error.js';
import type { RawItems } from '../gateway/raw-items.js';
import type { ListOperation } from './list-operation.js';
import { createSplitter } from './split-response.js';

/** An item of a list; null if it could not be read. */
export type ListItem = JsonObject | null;

/** A part of a list. */
export interface ListPage {
  readonly items: readonly ListItem[];
  /** The same, not parsed. Undefined: they came in another form than usual. */
  readonly rawItems: RawItems | undefined;
  /** What is missing in the page: a country by its code, or the index, with its state or the code of an error. */
  readonly missing: ReadonlyMap<string, string>;
}

interface Position {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** The state of a country whose rows are there, as they were a moment ago: less is missing than with any other. */
const stale = 'STALE';

/**
 * How many pages of a long list are read at once, so that each service has one to work on. With the position of the last one they are as many
 * requests as a client has at the gateway.
 */
const maxAhead = 3;

/** How often a page is read again from which something is missing that the first page had, and how long before. */
const retries = { max: 4, delayMs: 500 } as const;

/**
 * Reads a list to its end, page by page. While one is written, the next is read, and of a long list those after it: the list may have
 * any length.
 *
 * What is missing from the first page may be missing from all. If something else is missing from a later page, it is read again a few
 * times; then reading fails, because a client that has read the first page took the rest for complete.
 *
 * @throws HttpError if the list does not exist, is not valid, or cannot be read.
 */
export async function* readList(
  wanted: ListOperation,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): AsyncGenerator<ListPage, void, undefined> {
  const { list, response: first } = await readFirst(wanted, gateway, sender);
  const known = findMissing(first);
  const open = (after: string): Upcoming => ({
    after,
    page: handled(readWithin(known, { list, after }, gateway, sender)),
    position: readPosition(list, after, gateway, sender),
  });
  /** The pages that are being read, in the order of the list. */
  const ahead: Upcoming[] = [];
  const readAhead = (): void => {
    const last = ahead.at(-1);
    if (!last || ahead.length >= maxAhead) return;
    void last.position.then((after) => {
      // Unless another page was opened meanwhile.
      if (after === undefined || ahead.at(-1) !== last) return;
      ahead.push(open(after));
      readAhead();
    });
  };
  let response = first;
  try {
    for (;;) {
      const next = nextCursor(findList(response, list), list);
      // What was added to the list in between may have moved its pages: then the one that was opened ahead is not the next.
      if (next !== undefined && ahead[0]?.after !== next) ahead.splice(0, ahead.length, open(next));
      readAhead();
      yield toPage(response, list);
      const [upcoming] = ahead;
      if (next === undefined || !upcoming) return;
      response = await upcoming.page;
      ahead.shift();
    }
  } finally {
    // No further page is opened after a failure, or for a client that has disconnected.
    ahead.length = 0;
  }
}

/** A page that is being read, and the cursor at its end, which comes earlier. */
interface Upcoming {
  readonly after: string;
  readonly page: Promise<GatewayResponse>;
  /** Never rejects. Undefined on the last page, or if the cursor comes with the page only. */
  readonly position: Promise<string | undefined>;
}

/** Marks a rejection as handled: if the consumer stops early, it never awaits the promise. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** Reads the first page, in the usual size if the operation costs too much for large pages. */
async function readFirst(
  list: ListOperation,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): Promise<{ readonly list: ListOperation; readonly response: GatewayResponse }> {
  try {
    return { list, response: await readPage({ list, after: null }, gateway, sender) };
  } catch (error) {
    const isTooLarge = error instanceof HttpError && error.code === 'QUERY_TOO_LARGE';
    if (!isTooLarge || !list.inUsualPages) throw error;
    return readFirst(list.inUsualPages, gateway, sender);
  }
}

interface PageOfList {
  readonly list: ListOperation;
  readonly after: string | null;
}

/** Of a long list, no cache in between stores the pages: they would displace what others read more often. */
const readPage = (
  { list, after }: PageOfList,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): Promise<GatewayResponse> =>
  gateway.execute(list.page(after), sender, {
    isOnce: list.position !== undefined,
    isContinued: after !== null,
    split: createSplitter(list),
  });

/** Reads the cursor at the end of a page, if that is possible without its items. */
async function readPosition(
  list: ListOperation,
  after: string,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): Promise<string | undefined> {
  if (!list.position) return undefined;
  try {
    const response = await gateway.execute(list.position(after), sender, { isContinued: true });
    return nextCursor(findList(response, list), list);
  } catch {
    // The page itself says why.
    return undefined;
  }
}

/** Reads a page from which nothing more is missing than what is known. */
async function readWithin(
  known: ReadonlyMap<string, string>,
  page: PageOfList,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): Promise<GatewayResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await readPage(page, gateway, sender);
    const isKnown = [...findMissing(response)].every(
      ([name, state]) => known.has(name) && (state === stale || known.get(name) !== stale),
    );
    if (isKnown) return response;
    if (attempt >= retries.max) throw gatewayUnavailable();
    await sleep(retries.delayMs * 2 ** attempt, undefined, { signal: sender.signal });
  }
}

/** What is missing from a response, or may be out of date. */
export function findMissing({ errors, catalogues }: GatewayResponse): Map<string, string> {
  const states = Object.entries(catalogues).filter(([, state]) => state !== 'OK');
  if (states.length > 0) return new Map(states);
  return new Map(
    errors.map(({ extensions }) => [text(extensions?.['service']) ?? 'a field', text(extensions?.['code']) ?? 'ERROR']),
  );
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The list in a response: a connection, an array, or an object, which is a list of one. */
function findList({ data, errors }: GatewayResponse, { path }: ListOperation): unknown {
  let value: unknown = data;
  for (const key of path) {
    if (Array.isArray(value))
      throw new HttpError(
        `The list \`${path.join('.')}\` is below another list. Select it of one object, such as \`organisation(id:)\`.`,
        {
          status: 400,
          code: 'INVALID_LIST',
        },
      );
    value = (value as JsonObject | null | undefined)?.[key];
    if (value === null || value === undefined) break;
  }
  if (value !== null && value !== undefined) return value;
  const error = errors.find((candidate) => !isTransient(candidate)) ?? errors[0];
  throw error
    ? toHttpError(error)
    : new HttpError(`There is nothing at \`${path.join('.')}\`.`, { status: 404, code: 'NOT_FOUND' });
}

function nextCursor(connection: unknown, { isPaged }: ListOperation): string | undefined {
  if (!isPaged) return undefined;
  const { hasNextPage, endCursor } = (connection as { pageInfo: Position }).pageInfo;
  return hasNextPage && endCursor !== null ? endCursor : undefined;
}

/** Its items are parsed when they are first read. */
function toPage(response: GatewayResponse, list: ListOperation): ListPage {
  const { items: rawItems } = response;
  let items: readonly ListItem[] | undefined;
  return {
    get items() {
      return (items ??= rawItems ? rawItems.parse() : toItems(findList(response, list), list));
    },
    rawItems,
    missing: findMissing(response),
  };
}

function toItems(connection: unknown, { items }: ListOperation): readonly ListItem[] {
  if (items !== 'list') return (connection as Record<string, readonly ListItem[]>)[items] ?? [];
  return Array.isArray(connection) ? (connection as ListItem[]) : [connection as JsonObject];
}
