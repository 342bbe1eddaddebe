import type { GraphQLFormattedError } from 'graphql';

import { badResponse } from './failures.js';
import type { SubgraphResponse } from './subgraph.js';

/**
 * Parses and validates the response of a subgraph, which is not trusted to be valid.
 *
 * @throws SubgraphError when it is not a GraphQL response, or contains neither data nor an error.
 */
export function parseResponse(text: string): SubgraphResponse {
  const response = parseObject(text);
  const data = response['data'] ?? null;
  const errors = response['errors'] ?? [];
  if (!Array.isArray(errors) || !errors.every(isFormattedError)) throw badResponse('`errors` is not a list of errors');
  if (data !== null && !isObject(data)) throw badResponse('`data` is not an object');
  if ((data === null || isEmpty(data)) && errors.length === 0) throw badResponse('it contains neither data nor errors');
  return { data, errors };
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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: object): boolean => {
  for (const _key in value) return false;
  return true;
};

const isFormattedError = (error: unknown): error is GraphQLFormattedError =>
  isObject(error) && typeof error['message'] === 'string';
