import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { errors, Pool } from 'undici';

import { type Failure, failedFetch, reportedError } from './subgraph-errors.js';

export interface SubgraphSourceOptions {
  readonly name: string;
  /** Where its `/subgraph` is. */
  readonly url: string;
  readonly timeoutMs: number;
}

/** A subgraph as @apollo/gateway asks it. */
export interface SubgraphSource extends GraphQLDataSource {
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** No honest answer is larger: a page of 200 bodies with everything is a twentieth of it. */
const largestAnswer = 20 * 1024 * 1024;

/** The subgraph gave no answer, for a reason the client may know. */
class SubgraphFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Asks one subgraph. Whatever goes wrong becomes errors with our own code, its name and the place where data is missing:
 * see `failedFetch`.
 */
export function createSubgraphSource({ name, url, timeoutMs }: SubgraphSourceOptions): SubgraphSource {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections: 64, maxResponseSize: largestAnswer, connect: { timeout: timeoutMs } });

  const ask = async ({
    query,
    variables,
    operationName,
  }: GraphQLDataSourceProcessOptions['request']): Promise<Answer> => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables, operationName }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await body.text();
    if (statusCode === 502 || statusCode === 503 || statusCode === 504)
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE');
    if (!String(headers['content-type']).includes('json')) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE');
    return readAnswer(text);
  };

  return {
    process: async (options: GraphQLDataSourceProcessOptions) => {
      const path = 'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [];
      const document = 'document' in options ? options.document : undefined;
      try {
        const answer = await ask(options.request);
        // What is missing altogether needs a place of its own: an error before execution names none.
        if (answer.data == null && answer.errors?.length === 0) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE');
        return {
          data: answer.data ?? null,
          ...(answer.errors?.length
            ? { errors: answer.errors.map((error) => reportedError(error, name, path) as never) }
            : {}),
        };
      } catch (error) {
        return { data: null, errors: failedFetch(failureOf(error), name, path, document) };
      }
    },
    close: () => pool.close(),
  };
}

function readAnswer(text: string): Answer {
  const answer = parseJson(text);
  if (typeof answer !== 'object' || answer === null) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE');
  const { data, errors: reported = [] } = answer as { data?: unknown; errors?: unknown };
  const isData = data === undefined || (typeof data === 'object' && !Array.isArray(data));
  const areErrors =
    Array.isArray(reported) &&
    reported.every((error) => typeof (error as { message?: unknown } | null)?.message === 'string');
  if (!isData || !areErrors) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE');
  return { data: (data ?? null) as Record<string, unknown> | null, errors: reported as { message: string }[] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE');
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof SubgraphFailure) return error.failure;
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'SUBGRAPH_BAD_RESPONSE';
  const timedOut =
    error instanceof Error && (error.name === 'TimeoutError' || error instanceof errors.ConnectTimeoutError);
  return timedOut ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE';
}
