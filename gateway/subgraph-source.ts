import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import { errors, Pool } from 'undici';

import type { Logger } from '../services/kit/log.js';
import { withAbsences } from './absences.js';
import { type Failure, failedFetch, reportedErrors, type SubgraphFetch } from './subgraph-errors.js';

export interface SubgraphSourceOptions {
  readonly name: string;
  /** Where its `/subgraph` is. */
  readonly url: string;
  readonly timeoutMs: number;
  /** Whether the bodies of a type are this subgraph's own: then there are none that it does not know. */
  readonly owns: (typename: string) => boolean;
  /** Told why a subgraph failed: what the client is not told. */
  readonly logger: Logger;
}

/** A subgraph as @apollo/gateway asks it. */
export interface SubgraphSource extends GraphQLDataSource {
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLFormattedError[];
}

/** No honest answer is larger: a page of 200 bodies with everything is a twentieth of it. */
const largestAnswer = 20 * 1024 * 1024;

/** The subgraph gave no answer, for a reason the client may know. */
class SubgraphFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Asks one subgraph. Whatever goes wrong becomes errors with our own code, its name and the place where data is missing:
 * see `failedFetch`.
 */
export function createSubgraphSource({ name, url, timeoutMs, owns, logger }: SubgraphSourceOptions): SubgraphSource {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections: 64, maxResponseSize: largestAnswer, connect: { timeout: timeoutMs } });

  const ask = async ({ query, variables, operationName }: GraphQLDataSourceProcessOptions['request']) => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables, operationName }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await body.text();
    if (statusCode === 502 || statusCode === 503 || statusCode === 504)
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `it answered with status ${statusCode}`);
    if (!String(headers['content-type']).includes('json')) throw badResponse('it is not declared as JSON');
    return text;
  };

  return {
    process: async (options: GraphQLDataSourceProcessOptions) => {
      const { request } = options;
      const fetch: SubgraphFetch = {
        service: name,
        path: 'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [],
        query: request.query ?? '',
        variables: request.variables ?? {},
      };
      try {
        const answer = readAnswer(await ask(request), fetch);
        const reported = answer.errors.flatMap((error) => reportedErrors(error, fetch));
        return { data: withAbsences(answer.data, fetch, owns), ...(reported.length > 0 ? { errors: reported } : {}) };
      } catch (error) {
        const failure = failureOf(error);
        const reason = String(error);
        logger.warn({ service: name, failure, reason }, `${name} gave no answer: ${failure}, ${reason}`);
        return { data: withAbsences(null, fetch, owns), errors: failedFetch(failure, fetch) };
      }
    },
    // Whoever is still waiting gets SUBGRAPH_UNAVAILABLE: the time to finish was before.
    close: () => pool.destroy(),
  };
}

/** Takes an answer from a stranger: what is not of the form that GraphQL prescribes and @apollo/gateway relies on is refused. */
function readAnswer(text: string, { path, variables }: SubgraphFetch): Answer {
  const answer = parseObject(text);
  const data = answer['data'] ?? null;
  const reported = answer['errors'] ?? [];
  if (!Array.isArray(reported) || !reported.every(isReported)) throw badResponse('`errors` is no list of errors');
  if (data !== null && !isObject(data)) throw badResponse('`data` is no object');
  const isEntityFetch = path.length > 0;
  const found = isEntityFetch ? (data?.['_entities'] ?? null) : data;
  if (found === null || (isObject(found) && Object.keys(found).length === 0)) {
    if (reported.length === 0) throw badResponse('it holds nothing');
    return { data: null, errors: reported };
  }
  if (isEntityFetch && !areEntities(found, variables['representations']))
    throw badResponse('`_entities` is no list of what was asked for');
  return { data, errors: reported };
}

const badResponse = (reason: string): SubgraphFailure => new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', reason);

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // No JSON at all is no better.
  }
  throw badResponse('it is no JSON object');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isReported = (error: unknown): error is GraphQLFormattedError =>
  isObject(error) && typeof error['message'] === 'string';

const areEntities = (found: unknown, asked: unknown): boolean =>
  Array.isArray(found) &&
  Array.isArray(asked) &&
  found.length === asked.length &&
  found.every((entity) => entity === null || isObject(entity));

function failureOf(error: unknown): Failure {
  if (error instanceof SubgraphFailure) return error.failure;
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'SUBGRAPH_BAD_RESPONSE';
  const timedOut =
    error instanceof errors.ConnectTimeoutError || (error as { name?: unknown } | null)?.name === 'TimeoutError';
  return timedOut ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE';
}
