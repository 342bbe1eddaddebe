import type { GraphQLFormattedError } from 'graphql';

import { badResponse } from './failures.js';
import type { SubgraphResponse } from './subgraph.js';

/**
 * Takes an answer from a stranger.
 * @throws SubgraphFailure when it is not of the form that GraphQL prescribes, or holds neither data nor an error.
 */
export function parseResponse(text: string): SubgraphResponse {
  const answer = parseObject(text);
  const data = answer['data'] ?? null;
  const errors = answer['errors'] ?? [];
  if (!Array.isArray(errors) || !errors.every(isFormattedError)) throw badResponse('`errors` is no list of errors');
  if (data !== null && !isObject(data)) throw badResponse('`data` is no object');
  if ((data === null || isEmpty(data)) && errors.length === 0) throw badResponse('it holds nothing');
  return { data, errors };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    // Some libraries put a mark of the byte order before it, which RFC 8259 lets a reader skip.
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    if (isObject(value)) return value;
  } catch {
    // No JSON at all is no better.
  }
  throw badResponse('it is no JSON object');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: object): boolean => {
  for (const _key in value) return false;
  return true;
};

const isFormattedError = (error: unknown): error is GraphQLFormattedError =>
  isObject(error) && typeof error['message'] === 'string';
