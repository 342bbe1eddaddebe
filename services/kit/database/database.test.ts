import { makeExecutableSchema } from '@graphql-tools/schema';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { type Database, type DatabaseOptions, runMigrations, openDatabase } from './database.js';
import { InputError } from '../graphql/errors.js';
import { type RunningService, startService } from '../http/service.js';
import type { RequestContext, RequestScope } from '../observability/request-context.js';
import { silentLogger } from '../testing/silent-logger.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';
import { waitUntil } from '../testing/wait-until.js';

class CreateItem1700000000000 implements MigrationInterface {
  readonly name = 'CreateItem1700000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE item (name text, day date, days date[], count int)');
    await runner.query('SELECT pg_sleep(0.2)');
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

class Fail1700000000001 implements MigrationInterface {
  readonly name = 'Fail1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('SELECT nonsense');
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

const open = (options: Partial<DatabaseOptions> = {}): Promise<Database> =>
  openDatabase({ url: testDatabase.url, entities: [], migrations: [], ...options });

describe('migrations', () => {
  it('run once, also when two processes start at once', async () => {
    const databases = await Promise.all([1, 2].map(() => open({ migrations: [CreateItem1700000000000] })));
    const ran = await Promise.all(databases.map((database) => runMigrations(database)));
    expect(ran.flat()).toEqual(['CreateItem1700000000000']);
    await Promise.all(databases.map(({ close }) => close()));
  });

  it('leave nothing behind when one fails, not even their lock', async () => {
    const database = await open({ migrations: [Fail1700000000001] });
    await expect(runMigrations(database)).rejects.toThrow('nonsense');
    expect(await database.query('SELECT to_regclass($1) AS half', ['half'])).toEqual([{ half: null }]);
    const locks = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE locktype = 'advisory' AND datname = current_database()`;
    expect(await database.query(locks)).toEqual([]);
    await database.close();
  });
});

describe('a database', () => {
  let database: Database;
  const statements: string[] = [];
  beforeAll(async () => {
    database = await open({ onStatement: (text) => statements.push(text) });
  });
  afterAll(() => database.close());

  it('gives days as they are written, in any time zone', async () => {
    await database.query('INSERT INTO item (name, day, days) VALUES ($1, $2, $3)', ['a', '2017-08-07', ['2016-02-29']]);
    expect(await database.query('SELECT name, day FROM item')).toEqual([{ name: 'a', day: '2017-08-07' }]);
    expect(await database.query("SELECT '-infinity'::date AS day")).toEqual([{ day: '-infinity' }]);
    const arrays = [[], ['a'], ['a', 'b c'], ['a,b', '{}', '"', '\\', '', 'NULL', ' x']];
    for (const texts of arrays)
      expect(await database.query('SELECT $1::text[] AS texts', [texts])).toEqual([{ texts }]);
    expect(await database.query(`SELECT ARRAY['a', NULL] AS texts, ARRAY[ARRAY['a'], ARRAY['b']] AS nested`)).toEqual([
      { texts: ['a', null], nested: [['a'], ['b']] },
    ]);
  });

  it('calls onStatement with every statement', async () => {
    statements.splice(0);
    await Promise.all([database.query('SELECT 1'), database.query('SELECT 2'), database.query('SELECT 1')]);
    expect(statements).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 1']);
  });

  it('prepares each text once, whatever the values, and not without end', async () => {
    const prepared = async (like: string) => {
      const [found] = await database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE $1',
        [like],
      );
      return found?.count;
    };
    for (const value of ['x', 'y', 'z']) await database.query('SELECT $1::text AS one_text', [value]);
    expect(await prepared('%one_text')).toBe(1);
    for (let index = 0; index < 600; index += 1) await database.query(`SELECT ${index} AS one_of_many`);
    expect(await prepared('%')).toBeLessThanOrEqual(500);
    expect(await database.query('SELECT $1::int AS one_of_many', [1])).toEqual([{ one_of_many: 1 }]);
  });

  it('ends a statement that takes too long', async () => {
    const timeout = () => database.query('SHOW statement_timeout');
    expect(await timeout()).toEqual([{ statement_timeout: '10s' }]);
    await runMigrations(database);
    expect(await timeout()).toEqual([{ statement_timeout: '10s' }]);
  });

  it('rejects a text that PostgreSQL cannot store as a client error', async () => {
    const rejected = database.query('SELECT $1::text AS text', ['a\0b']);
    await expect(rejected).rejects.toThrow(InputError);
    await expect(rejected).rejects.toMatchObject({ extensions: { code: 'INVALID_ARGUMENT' } });
    await expect(database.query('SELECT nonsense')).rejects.not.toThrow(InputError);
    // Half of a surrogate pair is not such a text: it arrives as the replacement character.
    expect(await database.query('SELECT $1::text AS text', ['a\ud800b'])).toEqual([{ text: 'a\ufffdb' }]);
  });

  it('outlives its connections', async () => {
    await database.query('SELECT 1');
    const other = await open();
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await other.close();
    const query = () => database.query('SELECT 1 AS one');
    // A connection may be found dead only when it is used.
    expect(await query().catch(query)).toEqual([{ one: 1 }]);
  });
});

describe('a statement that serves a request', () => {
  let database: Database;
  let observer: Database;
  let service: RunningService;
  const statements: string[] = [];
  const logged: unknown[] = [];
  beforeAll(async () => {
    database = await open({ onStatement: (text) => statements.push(text) });
    observer = await open();
    const sleep = (_root: unknown, _args: unknown, { request }: RequestScope): Promise<unknown[]> =>
      database.forRequest(request).query('SELECT pg_sleep(8) AS dreaming');
    const schema = makeExecutableSchema({
      typeDefs: 'type Query { sleep: Int twice: Int fine: Int }',
      resolvers: {
        Query: {
          sleep,
          twice: (root, args, context: RequestScope) =>
            sleep(root, args, context).catch(() => sleep(root, args, context)),
          fine: () => 1,
        },
      },
    });
    const error = (what: unknown): void => void logged.push(what);
    const createContext = (_request: unknown, request: RequestContext): RequestScope => ({ request });
    service = await startService({
      port: 0,
      logger: Object.assign(Object.create(silentLogger) as typeof silentLogger, { error }),
      endpoints: [
        { path: '/subgraph', isPublic: false, options: { schema }, createContext },
        { path: '/graphql', isPublic: true, options: { schema }, createContext },
      ],
      readinessProblems: () => Promise.resolve([]),
    });
  });
  beforeEach(() => {
    statements.splice(0);
    logged.splice(0);
  });
  afterAll(async () => {
    await service.stop();
    await Promise.all([database.close(), observer.close()]);
  });

  const execute = (query: string, init: RequestInit = {}, path = '/subgraph'): Promise<Response> =>
    fetch(`http://127.0.0.1:${service.port}${path}?query=${encodeURIComponent(query)}`, init);
  const untilRunning = async (count: number): Promise<void> => {
    const running = `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%dreaming'`;
    await waitUntil(`${count} running statements`, async () => (await observer.query(running)).length === count);
  };
  const deadline = { headers: { 'x-deadline-ms': '200' } };

  it('ends at its deadline, which the client is informed of', async () => {
    const response = (await (await execute('{ sleep fine }', deadline)).json()) as unknown;
    expect(response).toMatchObject({
      data: { sleep: null, fine: 1 },
      errors: [{ path: ['sleep'], extensions: { code: 'DEADLINE_EXCEEDED' } }],
    });
    await untilRunning(0);
    expect(logged).toEqual([]);
  });

  it('ends when the client leaves', async () => {
    const leaving = new AbortController();
    const rejected = execute('{ a: sleep b: sleep }', { signal: leaving.signal });
    await untilRunning(2);
    leaving.abort();
    await expect(rejected).rejects.toThrow();
    await untilRunning(0);
    expect(logged).toEqual([]);
  });

  it('waits while two of its client are running at a public endpoint, and for no others', async () => {
    const leaving = new AbortController();
    const query = '{ a: sleep b: sleep c: sleep }';
    const rejected = [execute(query, leaving, '/graphql')];
    await untilRunning(2);
    rejected.push(execute(query, leaving));
    await untilRunning(5);
    expect(statements).toHaveLength(6);
    leaving.abort();
    for (const request of rejected) await expect(request).rejects.toThrow();
    await untilRunning(0);
  });

  it('ends while it waits for a connection, and none is lost', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `f${index}: sleep`).join(' ');
    const response = (await (await execute(`{ ${many} }`, deadline)).json()) as { errors: unknown[] };
    expect(response.errors).toHaveLength(30);
    await untilRunning(0);
    const all = await Promise.all(Array.from({ length: 30 }, () => database.query('SELECT 1 AS one')));
    expect(all.flat()).toEqual(Array.from({ length: 30 }, () => ({ one: 1 })));
  });

  it('is not begun any more when its request is over', async () => {
    await execute('{ twice }', deadline);
    expect(statements).toEqual(['SELECT pg_sleep(8) AS dreaming']);
  });
});

it('is not opened where none is', async () => {
  const url = new URL(testDatabase.url);
  url.pathname = '/nowhere';
  await expect(open({ url: url.href })).rejects.toThrow('database "nowhere" does not exist');
  url.port = '1';
  await expect(open({ url: url.href })).rejects.toThrow('ECONNREFUSED');
});
