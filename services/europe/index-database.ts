import { setTimeout as wait } from 'node:timers/promises';

import { GraphQLError } from 'graphql';
import pg from 'pg';

import { type Database, openDatabase } from '../kit/database/database.js';
import type { Logger } from '../kit/observability/logger.js';
import type { Metrics } from '../kit/observability/metrics.js';
import type { RequestContext } from '../kit/observability/request-context.js';

export type Query = Database['query'];

/** The index's database, which may be unavailable: routes do not need it. */
export interface IndexDatabase {
  /**
   * Runs one statement.
   *
   * @throws GraphQLError INDEX_UNAVAILABLE when the database is unavailable.
   */
  readonly query: Query;
  /** The same for what a request needs. */
  readonly forRequest: (request: RequestContext) => Query;
  readonly close: () => Promise<void>;
}

export interface IndexDatabaseOptions {
  readonly url: string;
  readonly migrations: Parameters<typeof openDatabase>[0]['migrations'];
  readonly logger: Logger;
  readonly onStatement?: ((text: string) => void) | undefined;
  readonly metrics?: Metrics | undefined;
  /** Called once, as soon as the database is available; `signal` ends its waiting. */
  readonly onOpen: (database: Database, signal: AbortSignal) => Promise<void>;
  /** Stops what `onOpen` started, before the database is closed. */
  readonly onClose: () => Promise<void>;
  /** Called after each attempt that failed. */
  readonly onUnavailable: () => void;
}

/** Opens the index's database, now or as soon as it is available. */
export function openIndexDatabase(options: IndexDatabaseOptions): IndexDatabase {
  const stopping = new AbortController();
  let opened: Database | undefined;
  const logFailure = (error: unknown): void => {
    if (stopping.signal.aborted) return;
    options.logger.error({ err: error }, 'the index cannot be opened');
    options.onUnavailable();
  };
  const opening = (async () => {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      let database: Database | undefined;
      try {
        database = await openDatabase({ ...options, entities: [] });
        await options.onOpen(database, stopping.signal);
        opened = database;
        return;
      } catch (error) {
        await database?.close();
        logFailure(error);
        await wait(Math.min(30_000, 1_000 * 2 ** attempt), undefined, { signal: stopping.signal }).catch(
          () => undefined,
        );
      }
    }
  })();
  const runFor =
    (request: RequestContext | undefined): Query =>
    async (text, values) => {
      if (!opened) throw indexUnavailable();
      try {
        return await (request ? opened.forRequest(request) : opened).query(text, values);
      } catch (error) {
        throw isConnectionFailure(error) ? indexUnavailable() : error;
      }
    };
  return {
    query: runFor(undefined),
    forRequest: runFor,
    close: async () => {
      stopping.abort();
      await opening;
      await options.onClose();
      await opened?.close();
    },
  };
}

/**
 * A server that shuts down, rejects connections or has none left; or no server at all, which is not an error of PostgreSQL. A
 * GraphQLError was thrown before a server was involved.
 */
const isConnectionFailure = (error: unknown): boolean =>
  error instanceof pg.DatabaseError ? /^(?:08|53|57P)/.test(error.code ?? '') : !(error instanceof GraphQLError);

const indexUnavailable = (): GraphQLError =>
  new GraphQLError(
    'The index is unavailable. Retry later; organisations by id or code, and each country by its own field, still work.',
    { extensions: { code: 'INDEX_UNAVAILABLE' } },
  );
