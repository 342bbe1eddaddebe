import type { IncomingMessage } from 'node:http';

import type { CostAccount } from '../limits/cost-budget.js';
import type { ApolloHttpRequest } from './execute-with-apollo.js';
import { parseBody, parseJson, readBody } from './read-body.js';
import { checkNumbers, checkRequestSize } from './request-size.js';

/** A request that was received and parsed. */
export interface GraphQLRequest extends ApolloHttpRequest {
  readonly accept: string;
  /** How long parsing and validating its operation takes. */
  readonly textLength: number;
}

/**
 * Receives a request.
 *
 * @param client that is not trusted: what it sends is limited. Default: the gateway, which sends many representations of entities,
 *   and limits what clients send to it.
 * @throws HttpError when the body cannot be read, or is too large.
 */
export async function readGraphQLRequest(
  request: IncomingMessage,
  client: string | undefined,
  account: CostAccount | undefined,
): Promise<GraphQLRequest> {
  const { method = '', url = '', headers } = request;
  const body = method === 'POST' ? await readJson(request, client, account) : undefined;
  const { query, variables } = Object(body) as { readonly query?: unknown; readonly variables?: unknown };
  if (client !== undefined) {
    checkRequestSize(query, variables);
    checkNumbers(variables);
  }
  const queryStart = url.indexOf('?');
  return {
    method,
    search: queryStart === -1 ? '' : url.slice(queryStart),
    body,
    accept: headers.accept ?? '',
    textLength: typeof query === 'string' ? query.length : 0,
  };
}

async function readJson(
  request: IncomingMessage,
  client: string | undefined,
  account: CostAccount | undefined,
): Promise<unknown> {
  const body = await readBody(request, client);
  account?.chargeBytes(body.length);
  return client === undefined ? parseJson(body) : parseBody(body);
}

/** The parameters in the body of a request. */
export interface GraphQLParams {
  readonly query: string;
  /** Null: none. */
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** The parameters of a request by POST; undefined if they are malformed, or of another kind: Apollo Server reports how. */
export function toParams({ method, body }: GraphQLRequest): GraphQLParams | undefined {
  if (method !== 'POST' || !isRecord(body)) return undefined;
  const { query, operationName = null, variables = null, extensions = null } = body;
  if (typeof query !== 'string' || !isNullOr(operationName, isText)) return undefined;
  if (!isNullOr(variables, isRecord) || !isNullOr(extensions, isRecord)) return undefined;
  // GraphQL over HTTP: an empty name is equivalent to none.
  return { query, operationName: operationName === '' ? null : operationName, variables: variables ?? undefined };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isNullOr = <Value>(value: unknown, isOf: (value: unknown) => value is Value): value is Value | null =>
  value === null || isOf(value);
