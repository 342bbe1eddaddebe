import type { GraphQLFormattedError } from 'graphql';

import { toPublicMessage } from './public-message.js';
import { badResponse } from './failures.js';
import type { SubgraphResponse } from './subgraph.js';

/** So many errors of a response are passed on: organisations are requested by at most a hundred ids or codes. */
export const maxErrors = 100;

/**
 * Parses and validates the response of a subgraph, which is not trusted to be valid. Its data is validated when it is merged:
 * see `gateway/validation`.
 *
 * @throws SubgraphError when it is not a GraphQL response, or contains neither data nor an error.
 */
export function parseResponse(text: string): SubgraphResponse {
  const response = parseObject(text);
  const data = response['data'] ?? null;
  const errors = response['errors'] ?? [];
  if (!Array.isArray(errors)) throw badResponse('`errors` is not a list of errors');
  const listed = errors.slice(0, maxErrors);
  if (!listed.every(isFormattedError)) throw badResponse('`errors` is not a list of errors');
  if (data !== null && !isObject(data)) throw badResponse('`data` is not an object');
  if ((data === null || isEmpty(data)) && errors.length === 0) throw badResponse('it contains neither data nor errors');
  const omittedErrors = errors.length - listed.length;
  return { data, errors: listed.map(toPublicError), ...(omittedErrors > 0 ? { omittedErrors } : {}) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    // Some libraries write a byte order mark, which RFC 8259 lets a parser ignore.
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    if (isObject(value)) return value;
  } catch {
    // Text that is not JSON gets the same error.
  }
  throw badResponse('it is not a JSON object');
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: object): boolean => {
  for (const _key in value) return false;
  return true;
};

const isFormattedError = (error: unknown): error is GraphQLFormattedError =>
  isObject(error) && typeof error['message'] === 'string';

/** No selection is deeper, lists in lists included. */
const maxPathLength = 100;

/** Keeps the message, as far as clients may see it, the path and the code of an error. */
function toPublicError({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const code: unknown = isObject(extensions) ? extensions['code'] : undefined;
  return {
    message: toPublicMessage(message),
    ...(Array.isArray(path)
      ? { path: path.slice(0, maxPathLength) as NonNullable<GraphQLFormattedError['path']> }
      : {}),
    ...(typeof code === 'string' && isErrorCode(code) ? { extensions: { code } } : {}),
  };
}

const isErrorCode = (code: string): boolean => /^[A-Z][A-Z0-9_]{0,63}$/.test(code);
