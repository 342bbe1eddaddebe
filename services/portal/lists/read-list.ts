import { setTimeout as sleep } from 'node:timers/promises';

import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient, GatewayResponse, JsonObject, Operation, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable, isTransient, toHttpError } from '../gateway/gateway-error.js';
import type { ListOperation } from './list-operation.js';

/** An item of a list; null if it could not be read. */
export type ListItem = JsonObject | null;

/** A part of a list. */
export interface ListPage {
  readonly items: readonly ListItem[];
  /** What is missing in the page: a country by its code, or the index, with its state or the code of an error. */
  readonly missing: ReadonlyMap<string, string>;
}

interface Position {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** How often a page is read again from which something is missing that the first page had, and how long before. */
const retries = { max: 4, delayMs: 500 } as const;

/**
 * Reads a list to its end, page by page. The next page is read while one is written, and no more: the list may have any length.
 *
 * What is missing from the first page may be missing from all. If something else is missing from a later page, it is read again a few
 * times; then reading fails, because a client that has read the first page took the rest for complete.
 *
 * @throws HttpError if the list does not exist, is not valid, or cannot be read.
 */
export async function* readList(
  list: ListOperation,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): AsyncGenerator<ListPage, void, undefined> {
  const read = (after: string | null): Promise<GatewayResponse> => gateway.execute(list.page(after), sender);
  let response = await read(null);
  const known = findMissing(response);
  for (;;) {
    const connection = findList(response, list);
    const next = nextCursor(connection, list);
    const upcoming = next === undefined ? undefined : readWithin(known, list.page(next), gateway, sender);
    // If the consumer stops early, its failure is not unhandled.
    upcoming?.catch(() => undefined);
    yield { items: toItems(connection, list), missing: findMissing(response) };
    if (!upcoming) return;
    response = await upcoming;
  }
}

/** Reads a page from which nothing more is missing than what is known. */
async function readWithin(
  known: ReadonlyMap<string, string>,
  operation: Operation,
  gateway: Pick<GatewayClient, 'execute'>,
  sender: Sender,
): Promise<GatewayResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await gateway.execute(operation, sender);
    const missing = [...findMissing(response).keys()].filter((name) => !known.has(name));
    if (missing.length === 0) return response;
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

function toItems(connection: unknown, { items }: ListOperation): readonly ListItem[] {
  if (items !== 'list') return (connection as Record<string, readonly ListItem[]>)[items] ?? [];
  return Array.isArray(connection) ? (connection as ListItem[]) : [connection as JsonObject];
}
