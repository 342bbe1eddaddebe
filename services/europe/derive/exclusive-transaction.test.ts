import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { inExclusiveTransaction } from './exclusive-transaction.js';

let index: TestIndex;
beforeAll(async () => {
  index = await startTestIndex([]);
});
afterAll(() => index.close());

it('lets PostgreSQL compile no statement, which takes longer than executing it', async () => {
  const setting = await inExclusiveTransaction(index.database.dataSource, (run) => run('SHOW jit'));
  expect(setting).toEqual([{ jit: 'off' }]);
});
