import { setMaxListeners } from 'node:events';

import { type Database, openDatabase } from '../database/database.js';
import { createTestDatabase, type TestMetrics, startTestMetrics, type TestDatabase } from '../testing/databases.js';
import { testRequest } from '../testing/test-request.js';
import { waitUntil } from '../testing/wait-until.js';

describe('statements', () => {
  let reader: TestMetrics;
  let testDatabase: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    reader = await startTestMetrics();
    testDatabase = await createTestDatabase();
    database = await openDatabase({
      url: testDatabase.url,
      entities: [],
      migrations: [],
      metrics: reader.metrics,
    });
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
    await reader.stop();
  });

  const untilShown = async (numbers: Readonly<Record<string, number>>): Promise<void> => {
    const isShown = (page: Record<string, number>): boolean =>
      Object.entries(numbers).every(([name, value]) => page[name] === value);
    await waitUntil(`the metrics ${JSON.stringify(numbers)}`, async () => isShown(await reader.read()));
  };

  it('are counted and timed, by how they ended', async () => {
    await Promise.all([database.query('SELECT 1'), database.query('SELECT 2')]);
    await expect(database.query('SELECT nonsense')).rejects.toThrow();
    const request = database.forRequest(testRequest(AbortSignal.timeout(20)));
    await expect(request.query('SELECT pg_sleep(5)')).rejects.toThrow();
    const count = (outcome: string) => `sql_statement_duration_seconds_count{outcome="${outcome}"}`;
    expect(await reader.read()).toMatchObject({ [count('ok')]: 2, [count('failed')]: 1, [count('cancelled')]: 1 });
  });

  it('measure the use of the pool', async () => {
    const over = new AbortController();
    setMaxListeners(0, over.signal);
    const request = database.forRequest(testRequest(over.signal));
    const many = Promise.allSettled(Array.from({ length: 20 }, () => request.query('SELECT pg_sleep(60)')));
    await untilShown({ sql_connections_in_use: 16, sql_statements_waiting: 4 });
    over.abort(new Error('over'));
    await many;
    await untilShown({ sql_connections_in_use: 0, sql_statements_waiting: 0 });
  });
});
