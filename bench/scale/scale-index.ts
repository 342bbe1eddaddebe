import { graphql } from 'graphql';

import { createContext } from '../../services/europe/context.js';
import { testRequest } from '../../services/kit/testing/test-request.js';
import { prepareIndex } from '../../services/europe/harvest/prepare-index.js';
import type { FeedSource } from '../../services/europe/feed/read-feed-page.js';
import { followFeeds, type FeedFollower } from '../../services/europe/harvest/follow.js';
import { migrations } from '../../services/europe/migrations/migrations.js';
import { createSchema } from '../../services/europe/schema.js';
import { type Database, runMigrations, openDatabase } from '../../services/kit/database/database.js';
import { createLogger } from '../../services/kit/observability/logger.js';

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Europe's index over the feeds of any countries, queried through Europe's schema. */
export interface ScaleIndex {
  readonly query: Database['query'];
  /** Executes an operation and returns its data. */
  readonly execute: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Executes an operation and returns the statements that this took. */
  readonly record: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Statement[]>;
  /** The same as `query` without the time limit of operations, for what prepares a measurement. */
  readonly queryUnlimited: Database['query'];
  readonly follow: (onPage: (country: string, entries: number) => void) => FeedFollower;
  readonly close: () => Promise<void>;
}

/** How often a country's feed is polled: as in Europe's process. */
const intervalMs = 500;

export async function openScaleIndex(url: string, sources: readonly FeedSource[]): Promise<ScaleIndex> {
  const database = await openDatabase({ url, entities: [], migrations });
  const { dataSource } = database;
  await runMigrations(database);
  await prepareIndex(
    dataSource,
    sources.map(({ code }) => code),
  );
  let recorded: Statement[] | undefined;
  const query: Database['query'] = (text, values = []) => {
    recorded?.push({ text, values });
    return database.query(text, values);
  };
  const schema = createSchema();
  const execute: ScaleIndex['execute'] = async (source, variableValues = {}) => {
    const { data, errors } = await graphql({
      schema,
      source,
      variableValues,
      contextValue: createContext({ forRequest: () => query }, testRequest()),
    });
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    return data;
  };
  return {
    query,
    execute,
    record: async (source, variables) => {
      const statements: Statement[] = [];
      recorded = statements;
      await execute(source, variables);
      recorded = undefined;
      return statements;
    },
    queryUnlimited: async <Row extends object>(statement: string, values: readonly unknown[] = []) => {
      const runner = dataSource.createQueryRunner();
      try {
        await runner.query('SET statement_timeout = 0');
        return (await runner.query(statement, [...values])) as Row[];
      } finally {
        await runner.query('RESET statement_timeout');
        await runner.release();
      }
    },
    // The made-up countries are larger than a catalogue may be at first.
    follow: (onPage) =>
      followFeeds({
        dataSource,
        sources,
        logger: createLogger('scale'),
        intervalMs,
        onPage,
        limits: { maxFirstEntries: Infinity },
      }),
    close: database.close,
  };
}
