import type { ExecutionResult, GraphQLSchema } from 'graphql';

import { type Database, runMigrations, openDatabase } from '../../kit/database/database.js';
import { executeSource } from '../../kit/testing/execute-source.js';
import { testRequest } from '../../kit/testing/test-request.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { copyTestDatabase } from '../../kit/testing/database-copies.js';
import { createContext } from '../context.js';
import { prepareIndex } from '../harvest/prepare-index.js';
import { followFeeds, type FollowOptions } from '../harvest/follow.js';
import type { FeedSource } from '../feed/read-feed-page.js';
import { migrations } from '../migrations/migrations.js';
import { createSchema } from '../schema.js';
import { loadTopics } from '../search/find-topics.js';
import { loadVocabulary } from '../understanding/vocabulary.js';

/** An index in a database of its own, queried through Europe's schema. */
export interface TestIndex {
  readonly database: Database;
  /** Reads every feed to its end. Failing countries are given up after `graceMs`. */
  readonly catchUp: (options?: Partial<FollowOptions>) => Promise<void>;
  readonly query: (query: string, variables?: Record<string, unknown>) => Promise<unknown>;
  readonly execute: (query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
  /** The SQL statements since the last call. */
  readonly statements: () => string[];
  readonly close: () => Promise<void>;
}

/** Built once for all indexes. */
let schema: GraphQLSchema | undefined;

async function migrate(url: string): Promise<void> {
  const database = await openDatabase({ url, entities: [], migrations });
  await runMigrations(database);
  await database.close();
}

/** Starts an index of these countries; `catchUp` reads their feeds. */
export async function startTestIndex(countries: readonly FeedSource[]): Promise<TestIndex> {
  const { url, drop } = await copyTestDatabase('index', migrate);
  const seen: string[] = [];
  const database = await openDatabase({ url, entities: [], migrations, onStatement: (text) => seen.push(text) });
  const { dataSource } = database;
  await prepareIndex(
    dataSource,
    countries.map(({ code }) => code),
  );
  await Promise.all([loadTopics(database.query), loadVocabulary(database.query)]);
  const builtSchema = (schema ??= createSchema());
  const execute: TestIndex['execute'] = (source, variableValues) =>
    executeSource(
      builtSchema,
      source,
      createContext({ forRequest: (request) => database.forRequest(request).query }, testRequest()),
      variableValues,
    );
  return {
    database,
    execute,
    query: async (query, variables) => {
      const { data, errors } = await execute(query, variables);
      if (errors) throw errors[0] ?? new Error('an empty list of errors');
      // Converts to plain objects: those of GraphQL have no prototype, so Jest considers them different.
      return JSON.parse(JSON.stringify(data)) as unknown;
    },
    catchUp: async (options) => {
      const following = followFeeds({
        dataSource,
        sources: countries,
        logger: silentLogger,
        intervalMs: 60_000,
        graceMs: 2_000,
        ...options,
        // Tests of the pace set it.
        limits: { minRequestIntervalMs: 0, restFactor: 0, ...options?.limits },
      });
      await following.firstRound;
      await following.stop();
    },
    statements: () => seen.splice(0),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
