import { HttpError } from '../../../kit/http-error.js';
import type { GatewayClient, JsonObject, ResponseError, Sender } from '../../gateway/gateway-client.js';
import { isTransient, toHttpError } from '../../gateway/gateway-error.js';
import { findMissing } from '../../lists/read-list.js';
import type { Loader, PageRequest } from '../model/loader.js';
import type { Municipalities } from '../model/municipalities.js';
import type { MissingCatalogue, PageQuery } from '../model/page-content.js';
import type { PageOperations } from './page-operations.js';
import type { TopicNames } from './topic-names.js';

export interface LoadOptions {
  readonly gateway: GatewayClient;
  readonly operations: PageOperations;
  readonly topicNames: TopicNames;
  readonly municipalities: Municipalities | undefined;
  readonly sender: Sender;
}

/** What a loader has read, and how. */
interface Loaded {
  readonly data: unknown;
  readonly missing: readonly MissingCatalogue[];
  readonly queries: readonly PageQuery[];
}

/** A page that cannot be shown, and the catalogues that did not respond. */
export class PageError extends HttpError {
  readonly missing: readonly MissingCatalogue[];

  constructor({ message, status, code }: HttpError, missing: readonly MissingCatalogue[]) {
    super(message, { status, code });
    this.missing = missing;
  }
}

/**
 * Runs the loader of a page.
 *
 * @throws HttpError if the page cannot be shown; PageError if what it is about was not found.
 */
export async function loadPage(
  load: Loader<unknown>,
  request: Pick<PageRequest, 'language' | 'search' | 'params'>,
  { gateway, operations, topicNames, municipalities, sender }: LoadOptions,
): Promise<Loaded> {
  const missing = new Map<string, string>();
  const queries: PageQuery[] = [];
  const errors: ResponseError[] = [];
  const execute = async <Data>(operation: string, variables: JsonObject = {}): Promise<Data> => {
    const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
    queries.push({ operation, variables: given });
    const response = await gateway.execute({ query: operations.textOf(operation), variables: given }, sender);
    for (const [name, state] of findMissing(response)) missing.set(name, state);
    errors.push(...response.errors);
    return response.data as Data;
  };
  const found = <Value>(value: Value | null | undefined): Value => {
    if (value !== null && value !== undefined) return value;
    const error = errors.find((candidate) => !isTransient(candidate)) ?? errors[0];
    const reason = error
      ? toHttpError(error)
      : new HttpError('The page does not exist.', { status: 404, code: 'NOT_FOUND' });
    throw new PageError(reason, toList(missing));
  };
  const part = async <Value>(read: Promise<Value>): Promise<Value | null> => {
    try {
      return await read;
    } catch (error) {
      sender.signal.throwIfAborted();
      if (error instanceof HttpError) return null;
      throw error;
    }
  };
  const data = await load({
    ...request,
    execute,
    found,
    part,
    municipalities,
    topicNames: (topics) => topicNames.of(request.language, topics),
  });
  return { data, missing: toList(missing), queries };
}

const toList = (missing: ReadonlyMap<string, string>): MissingCatalogue[] =>
  [...missing].map(([name, state]) => ({ name, state }));
