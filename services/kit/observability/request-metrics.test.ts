import { makeExecutableSchema } from '@graphql-tools/schema';

import { type RunningService, startService } from '../http/service.js';
import { CostBudget } from '../limits/cost-budget.js';
import { silentLogger } from '../testing/silent-logger.js';
import type { RequestContext, RequestScope } from './request-context.js';
import { type TestMetrics, startTestMetrics } from '../testing/databases.js';
import { waitUntil } from '../testing/wait-until.js';

describe('requests', () => {
  let reader: TestMetrics;
  let service: RunningService;
  let isWaiting = false;
  beforeAll(async () => {
    reader = await startTestMetrics();
    const untilLeft = (_root: unknown, _args: unknown, { request }: RequestScope): Promise<void> =>
      new Promise((resolve) => {
        isWaiting = true;
        request.signal.addEventListener('abort', () => {
          resolve();
        });
      });
    const schema = makeExecutableSchema({
      typeDefs: 'type Query { hello: Int untilLeft: Int }',
      resolvers: { Query: { untilLeft } },
    });
    const endpoint = (path: string, isPublic: boolean) => ({
      path,
      isPublic,
      options: { schema },
      createContext: (_request: unknown, request: RequestContext) => ({ request }),
    });
    service = await startService({
      port: 0,
      logger: silentLogger,
      metrics: reader.metrics,
      endpoints: [
        { ...endpoint('/subgraph', false), secrets: [] },
        { ...endpoint('/graphql', true), budget: new CostBudget(350) },
      ],
      readinessProblems: () => Promise.resolve([]),
    });
  });
  afterAll(async () => {
    await service.stop();
    await reader.stop();
  });

  const counted = async () => {
    const page = Object.entries(await reader.read());
    const [prefix, suffix] = ['http_request_duration_seconds_count{', '}'];
    return Object.fromEntries(
      page.flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length, -suffix.length), value]] : [],
      ),
    );
  };

  it('are measured by route and status class, and by no value that a client makes up', async () => {
    const origin = `http://127.0.0.1:${service.port}`;
    for (const path of ['/graphql?query={hello}', '/graphql?query={nope}', '/subgraph', '/health/live', '/a', '/b?c'])
      await (await fetch(origin + path)).text();
    const leaving = new AbortController();
    const left = fetch(`${origin}/graphql?query={untilLeft}`, { signal: leaving.signal });
    await waitUntil('the resolver to wait', () => isWaiting);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await fetch(`${origin}/graphql?query={hello}`);
    const expected = {
      'route="/graphql",status="2xx"': 1,
      'route="/graphql",status="4xx"': 2,
      'route="/graphql",status="disconnected"': 1,
      'route="/subgraph",status="4xx"': 1,
      'route="other",status="2xx"': 1,
      'route="other",status="4xx"': 2,
    };
    const isCounted = async () => Object.keys(await counted()).length >= Object.keys(expected).length;
    await waitUntil('every request to be counted', isCounted);
    expect(await counted()).toEqual(expected);
    expect(await reader.read()).toMatchObject({
      'http_requests_rejected_total{route="/graphql",status="429"}': 1,
    });
  });
});
