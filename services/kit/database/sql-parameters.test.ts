import { createTestDatabase } from '../testing/databases.js';
import { openDatabase } from './database.js';
import { createParameters, keyArray, keysSql } from './sql-parameters.js';

it('createParameters collects the values of a statement and returns their placeholders', () => {
  const parameter = createParameters();
  expect(`a = ${parameter('x')} AND b = ANY (${parameter([1, 2])})`).toBe('a = $1 AND b = ANY ($2)');
  expect(parameter.values).toEqual(['x', [1, 2]]);
  expect(createParameters().values).toEqual([]);
});

describe('keyArray', () => {
  it('finds the same rows as the array itself, by one plan that PostgreSQL keeps', async () => {
    const testDatabase = await createTestDatabase();
    const { query, close } = await openDatabase({ url: testDatabase.url, entities: [], migrations: [] });
    await query('CREATE TABLE item (id text COLLATE "C" PRIMARY KEY)');
    await query(`INSERT INTO item SELECT n::text FROM generate_series(1, 2000) AS n`);
    await query('ANALYZE item');
    const statements = [
      `SELECT id FROM item WHERE id = ANY (${keysSql}) ORDER BY id`,
      `SELECT id FROM unnest(${keyArray('$1')}) AS requested (id) JOIN item USING (id) ORDER BY id`,
    ];
    for (const statement of statements) {
      for (let turn = 1; turn <= 7; turn += 1) expect(await query(statement, [[String(turn)]])).toHaveLength(1);
      const [plans] = await query<{ readonly generic: number }>(
        `SELECT generic_plans::int AS generic FROM pg_prepared_statements WHERE statement = $1`,
        [statement],
      );
      // PostgreSQL plans the first five executions, and then compares.
      expect(plans?.generic).toBe(2);
      expect(await query(statement, [['7', '1', 'none']])).toEqual([{ id: '1' }, { id: '7' }]);
      expect(await query(statement, [[]])).toEqual([]);
    }
    await close();
    await testDatabase.drop();
  });
});
