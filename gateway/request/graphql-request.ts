import { hash } from 'node:crypto';

import type { ApolloHttpRequest } from '../../services/kit/http/execute-with-apollo.js';
import { checkNumbers, checkRequestSize } from '../../services/kit/http/request-size.js';
import { HttpError } from '../../services/kit/http-error.js';

/** The parameters of a GraphQL-over-HTTP request. */
export interface GraphQLParams {
  readonly query: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** The id of a trusted document, instead of `query`. */
  readonly documentId: string | null;
  /** The SHA-256 of `query`, or of a query that was sent before. */
  readonly sha256Hash: string | null;
}

/** A request whose parameters are parsed. */
export interface ParsedRequest {
  readonly httpRequest: ApolloHttpRequest;
  /** Undefined: it is malformed, and Apollo Server reports how. */
  readonly params: GraphQLParams | undefined;
}

/**
 * Parses the parameters in a body. Undefined: they are malformed, and Apollo Server reports how.
 *
 * @throws HttpError when the text or the variables are too large, or the variables are nested too deeply.
 */
export function parseBodyParams(body: unknown): GraphQLParams | undefined {
  if (!isObject(body)) return undefined;
  const { query, operationName, variables, documentId } = body;
  const sha256Hash = parsePersistedQueryHash(body['extensions']);
  if (
    !isOptionalText(query) ||
    !isOptionalText(operationName) ||
    !isOptionalText(documentId) ||
    sha256Hash === undefined
  )
    return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  checkRequestSize(query, variables);
  checkNumbers(variables);
  if (isDeeperThan(maxVariableDepth, variables)) throw variablesTooDeep();
  return {
    query: query ?? null,
    operationName: operationName === '' ? null : (operationName ?? null),
    variables: variables ?? null,
    documentId: documentId ?? null,
    sha256Hash,
  };
}

/** Parses the parameters in the query string of a URL. Undefined: they are malformed, and Apollo Server reports how. */
export function parseSearchParams(search: string): GraphQLParams | undefined {
  const params: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(params, name)) return undefined;
    params[name] = value;
  }
  try {
    for (const name of ['variables', 'extensions'])
      if (typeof params[name] === 'string') {
        params[name] = JSON.parse(params[name]);
        // In an address, but not in a body, Apollo Server rejects it.
        if (params[name] === null) return undefined;
      }
  } catch {
    return undefined;
  }
  return parseBodyParams(params);
}

/** The key of a request: requests with equal keys have equal responses, whatever their method. For params with a `query`. */
export const getRequestKey = (
  { query, operationName, variables }: Pick<GraphQLParams, 'query' | 'operationName' | 'variables'>,
  accept: string,
): string => hash('sha256', JSON.stringify([accept, query, operationName, variables]), 'base64url');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOptionalText = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';

/** No input of the graph is nested half as deeply. Values that are nested much deeper cannot be serialised. */
const maxVariableDepth = 20;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  isNested(value) && (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

const variablesTooDeep = (): HttpError =>
  new HttpError(`\`variables\` are nested too deeply; they can have ${maxVariableDepth} levels.`, {
    status: 400,
    code: 'BAD_REQUEST',
    // As far as it was counted.
    exceeded: { limit: 'levelsOfVariables', found: maxVariableDepth + 1, allowed: maxVariableDepth },
  });

/** Parses the hash of a persisted query. Null: there is none. Undefined: it is malformed. */
function parsePersistedQueryHash(extensions: unknown): string | null | undefined {
  if (extensions === undefined || extensions === null) return null;
  if (!isObject(extensions)) return undefined;
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return null;
  if (!isObject(persistedQuery) || persistedQuery['version'] !== 1) return undefined;
  return typeof persistedQuery['sha256Hash'] === 'string' ? persistedQuery['sha256Hash'] : undefined;
}
