import { hasInfiniteNumber } from '../graphql/operation-size.js';
import { HttpError } from '../http-error.js';
import {
  describeExceeded,
  type ExceededLimit,
  findExceededJson,
  findExceededLimit,
} from '../graphql/operation-limits.js';

/** @throws HttpError QUERY_TOO_LARGE when the body of a request has too many values: before it is parsed. */
export function checkBodySize(body: Uint8Array): void {
  rejectExceeded(findExceededJson(body));
}

/** @throws HttpError QUERY_TOO_LARGE when the text of an operation or its variables are too large: before they are parsed. */
export function checkRequestSize(query: unknown, variables: unknown): void {
  rejectExceeded(findExceededLimit(query, variables));
}

/**
 * @throws HttpError BAD_USER_INPUT when a variable is a number that is too large to be represented. It would be parsed as infinite,
 * and sent to a subgraph as null.
 */
export function checkNumbers(variables: unknown): void {
  if (hasInfiniteNumber(variables))
    throw new HttpError(`\`variables\` contain a number that is too large; the largest is ${Number.MAX_VALUE}.`, {
      status: 400,
      code: 'BAD_USER_INPUT',
    });
}

function rejectExceeded(exceeded: ExceededLimit | null): void {
  if (exceeded) throw new HttpError(describeExceeded(exceeded), { status: 400, code: 'QUERY_TOO_LARGE', exceeded });
}
