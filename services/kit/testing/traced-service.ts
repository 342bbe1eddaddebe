import { makeExecutableSchema } from '@graphql-tools/schema';

import { openDatabase } from '../database/database.js';
import { startService } from '../http/service.js';
import type { RequestContext, RequestScope } from '../observability/request-context.js';
import { runProcess } from '../run-process.js';
import { withSpan } from '../observability/tracing.js';

/** A service whose requests query the database at `DATABASE_URL`, for tests of its spans. */
await runProcess({ name: 'denmark', settings: {}, usage: 'For tests.' }, async (_settings, { logger }) => {
  const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '', entities: [], migrations: [] });
  const schema = makeExecutableSchema({
    typeDefs: 'type Query { one: Int broken: Int traceparent: String }',
    resolvers: {
      Query: {
        one: async (_root, _args, { request }: RequestScope) =>
          (await database.forRequest(request).query<{ one: number }>('SELECT $1::int AS one', [1]))[0]?.one,
        broken: (_root, _args, { request }: RequestScope) =>
          withSpan('plan', { steps: 1 }, () => database.forRequest(request).query('  INSERT INTO nowhere VALUES (1)')),
        traceparent: (_root, _args, { request }: RequestScope) => request.traceparent,
      },
    },
  });
  const endpoint = (path: string, isPublic: boolean) => ({
    path,
    isPublic,
    options: { schema },
    createContext: (_request: unknown, request: RequestContext) => ({ request }),
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
