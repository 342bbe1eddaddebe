import { openDatabase } from '../database/database.js';
import { describeError } from './error-serializer.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';

describe('describeError', () => {
  it('is what happened, by which code, and where', () => {
    const error = Object.assign(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }), {
      code: 'ECONNREFUSED',
    });
    const { stack, ...rest } = describeError(error);
    expect(rest).toEqual({
      type: 'TypeError',
      code: 'ECONNREFUSED',
      message: 'fetch failed: connect ECONNREFUSED',
    });
    expect(stack).toMatch(/^TypeError: fetch failed: connect ECONNREFUSED\n\s+at .*error-serializer\.test/);
  });

  it('is nothing of what it carries besides', () => {
    const error = Object.assign(new Error('a request failed'), {
      body: 'of the client',
      parameters: ['of the client'],
    });
    expect(JSON.stringify(describeError(error))).not.toContain('of the client');
    expect(describeError('of the client')).toEqual({ type: 'string', message: 'not an error', stack: '' });
  });

  it('has an end, however long the chain of causes', () => {
    const endless = new Error('round');
    endless.cause = endless;
    expect(describeError(endless).message).toBe('round: round: round: round');
  });
});

describe('describeError, for a statement that failed', () => {
  let testDatabase: TestDatabase;
  beforeAll(async () => {
    testDatabase = await createTestDatabase();
  });
  afterAll(() => testDatabase.drop());

  const failed = async (text: string, values: readonly unknown[] = []): Promise<unknown> => {
    const database = await openDatabase({ url: testDatabase.url, entities: [], migrations: [] });
    try {
      await database.query('CREATE TEMPORARY TABLE IF NOT EXISTS body (name text NOT NULL, size int CHECK (size > 0))');
      return await database.query(text, values).catch((error: unknown) => error);
    } finally {
      await database.close();
    }
  };

  it.each([
    ['22P02', 'SELECT $1::text::int', ['the "value" of\na person']],
    ['22003', 'SELECT $1::text::int', ['99999999999999']],
    ['22007', 'SELECT $1::text::date', ['the value of a person']],
    ['23502', 'INSERT INTO body (size) VALUES ($1)', [77_777]],
    ['23514', 'INSERT INTO body VALUES ($1, -77777)', ['the value of a person']],
  ])('names no value: %s', async (code, text, values) => {
    const described = describeError(await failed(text, values));
    expect(described.code).toBe(code);
    expect(JSON.stringify(described)).not.toMatch(/a person|99999|77777/);
  });

  it('names what is wrong in the statement', async () => {
    expect(describeError(await failed('SELECT nonsense FROM body'))).toMatchObject({
      code: '42703',
      message: 'column "nonsense" does not exist',
    });
  });
});
