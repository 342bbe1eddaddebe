import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { createReader, promised, type Reader, stepsOf } from '../support/pages.js';

/** The page as a national team reads it, on a database of the test's own. */
describe('docs/run-your-own-catalogue.md, from Import your own tables to Check data quality', () => {
  let database: ServiceDatabase;
  let reader: Reader;
  beforeAll(async () => {
    database = await createServiceDatabase();
    reader = createReader({ BELGIUM_DATABASE_URL: database.serviceUrl, BELGIUM_MIGRATION_URL: database.url });
  });
  afterAll(async () => {
    await reader.leave();
    await database.drop();
  });

  it('runs as written, and says what stands there', async () => {
    const steps = ['Import your own tables', 'Check data quality'].flatMap((heading) =>
      stepsOf('docs/run-your-own-catalogue.md', heading),
    );
    expect(steps.map(({ says }) => says.length > 0)).toEqual([false, true, true, true, true, true, true]);
    for (const { commands, says } of steps) {
      const output = await reader.type(commands);
      expect({ output, says: promised(says, output) }).toEqual({ output, says });
    }
  }, 120_000);
});
