import { setTimeout as wait } from 'node:timers/promises';

import { GraphQLError } from 'graphql';
import pg from 'pg';

import { type Database, openDatabase } from '../kit/database/database.js';
import type { Logger } from '../kit/observability/logger.js';
import type { Metrics } from '../kit/observability/metrics.js';

export type Query = Database['query'];

/** The index's database, which may be away: routes do not need it. */
export interface IndexDatabase {
  /**
   * Runs one statement.
   *
   * @throws GraphQLError INDEX_UNAVAILABLE when the database is away.
   */
  readonly query: Query;
  readonly close: () => Promise<void>;
}

export interface IndexDatabaseOptions {
  readonly url: string;
  readonly migrations: Parameters<typeof openDatabase>[0]['migrations'];
  readonly logger: Logger;
  readonly onStatement?: ((text: string) => void) | undefined;
  readonly metrics?: Metrics | undefined;
  /** Done once, as soon as the database is there; `signal` ends what it waits for. */
  readonly onOpen: (database: Database, signal: AbortSignal) => Promise<void>;
  /** Ends what `onOpen` began, before the database is closed. */
  readonly onClose: () => Promise<void>;
  /** Told that the database was not there at the first attempt. */
  readonly onUnavailable: () => void;
}

/** Opens the index's database, now or as soon as it is there. */
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
  return {
    query: async (text, values) => {
      if (!opened) throw indexUnavailable();
      try {
        return await opened.query(text, values);
      } catch (error) {
        throw isConnectionFailure(error) ? indexUnavailable() : error;
      }
    },
    close: async () => {
      stopping.abort();
      await opening;
      await options.onClose();
      await opened?.close();
    },
  };
}

/**
 * A server that goes down, refuses connections or has none left; or no server at all, which is no error of PostgreSQL's. What is
 * a GraphQLError already was refused before it came to a server.
 */
const isConnectionFailure = (error: unknown): boolean =>
  error instanceof pg.DatabaseError ? /^(?:08|53|57P)/.test(error.code ?? '') : !(error instanceof GraphQLError);

const indexUnavailable = (): GraphQLError =>
  new GraphQLError(
    'The index of solutions does not answer just now. Bodies by id or code, and every country by its own field, still do.',
    { extensions: { code: 'INDEX_UNAVAILABLE' } },
  );
