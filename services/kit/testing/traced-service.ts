import { makeExecutableSchema } from '@graphql-tools/schema';

import { openDatabase } from '../database/database.js';
import { startService } from '../http/service.js';
import { currentRequest } from '../observability/request-context.js';
import { runProcess } from '../run-process.js';
import { withSpan } from '../observability/tracing.js';

/** A service whose requests query the database at `DATABASE_URL`, for tests of its spans. */
await runProcess({ name: 'denmark', settings: {}, usage: 'For tests.' }, async (_settings, { logger }) => {
  const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '', entities: [], migrations: [] });
  const schema = makeExecutableSchema({
    typeDefs: 'type Query { one: Int broken: Int traceparent: String }',
    resolvers: {
      Query: {
        one: async () => (await database.query<{ one: number }>('SELECT $1::int AS one', [1]))[0]?.one,
        broken: () => withSpan('plan', { steps: 1 }, () => database.query('  INSERT INTO nowhere VALUES (1)')),
        traceparent: () => currentRequest()?.traceparent,
      },
    },
  });
  const endpoint = (path: string, isPublic: boolean) => ({
    path,
    isPublic,
    options: { schema },
    createContext: () => ({}),
  });
  const service = await startService({
    port: 0,
    logger,
    endpoints: [endpoint('/subgraph', false), endpoint('/graphql', true)],
    readinessProblems: () => Promise.resolve([]),
  });
  logger.info(`listening on port ${service.port}`);
  return {
    stop: async () => {
      await service.stop();
      await database.close();
    },
  };
});
