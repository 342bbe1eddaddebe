import { hash } from 'node:crypto';

import { HttpError } from './http-error.js';

/** What somebody asks, as GraphQL over HTTP writes it, and in no other form than that. */
export interface GraphQLParams {
  readonly query: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** Names a trusted document that stands for `query`. */
  readonly documentId: string | null;
  /** The SHA-256 of a query that was sent before, or is sent with it. */
  readonly sha256Hash: string | null;
}

/** What Apollo Server is given of a request. */
export interface ApolloHttpRequest {
  readonly method: 'GET' | 'POST';
  readonly search: string;
  readonly body: unknown;
}

/** A request, read. */
export interface ParsedRequest {
  readonly httpRequest: ApolloHttpRequest;
  /** Undefined: it is malformed, and Apollo Server says how. */
  readonly params: GraphQLParams | undefined;
}

/**
 * Reads a question from a body. Undefined: it is malformed, and Apollo Server says how.
 *
 * @throws HttpError when its variables are nested too deeply.
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
  if (isDeeperThan(maxVariableDepth, variables)) throw variablesTooDeep(measureDepth(variables));
  return {
    query: query ?? null,
    operationName: operationName ?? null,
    variables: variables ?? null,
    documentId: documentId ?? null,
    sha256Hash,
  };
}

/** Reads a question from the part of an address after the `?`. Undefined: it is malformed, and Apollo Server says how. */
export function parseSearchParams(search: string): GraphQLParams | undefined {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(found, name)) return undefined;
    found[name] = value;
  }
  try {
    for (const name of ['variables', 'extensions'])
      if (typeof found[name] === 'string') found[name] = JSON.parse(found[name]);
  } catch {
    return undefined;
  }
  return parseBodyParams(found);
}

/** The same for questions that have the same answer, by whatever method they come, once their text is known. */
export const getRequestKey = (
  { query, operationName, variables }: Pick<GraphQLParams, 'query' | 'operationName' | 'variables'>,
  accept: string,
): string => hash('sha256', JSON.stringify([accept, query, operationName, variables]), 'base64url');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOptionalText = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';

/** No input of the graph is nested half as deeply. What is nested without end cannot be written down again. */
const maxVariableDepth = 20;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  isNested(value) && (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

function measureDepth(value: unknown): number {
  let depth = 0;
  for (let level = [value].filter(isNested); level.length > 0; level = level.flatMap(Object.values).filter(isNested))
    depth += 1;
  return depth;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

const variablesTooDeep = (found: number): HttpError =>
  new HttpError(`\`variables\` are nested too deeply; they can have ${maxVariableDepth} levels.`, {
    status: 400,
    code: 'BAD_REQUEST',
    exceeded: { limit: 'levelsOfVariables', found, allowed: maxVariableDepth },
  });

/** Null: there is none. Undefined: it is malformed. */
function parsePersistedQueryHash(extensions: unknown): string | null | undefined {
  if (extensions === undefined || extensions === null) return null;
  if (!isObject(extensions)) return undefined;
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return null;
  if (!isObject(persistedQuery) || persistedQuery['version'] !== 1) return undefined;
  return typeof persistedQuery['sha256Hash'] === 'string' ? persistedQuery['sha256Hash'] : undefined;
}
