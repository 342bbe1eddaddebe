import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { findExpectedLines, openTerminals, parseSteps, type Terminals } from '../support/pages.js';

/** Runs the commands of the page on a database of the test. */
describe('docs/run-your-own-catalogue.md, from Import your own tables to Check data quality', () => {
  let database: ServiceDatabase;
  let terminals: Terminals;
  beforeAll(async () => {
    database = await createServiceDatabase();
    terminals = openTerminals({ BELGIUM_DATABASE_URL: database.serviceUrl, BELGIUM_MIGRATION_URL: database.url });
  });
  afterAll(async () => {
    await terminals.close();
    await database.drop();
  });

  it('runs as written, with the output on the page', async () => {
    const steps = ['Import your own tables', 'Check data quality'].flatMap((heading) =>
      parseSteps('docs/run-your-own-catalogue.md', heading),
    );
    expect(steps.map(({ expectedLines }) => expectedLines.length > 0)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    for (const { commands, expectedLines } of steps) {
      const output = await terminals.run(commands);
      expect({ output, expectedLines: findExpectedLines(expectedLines, output) }).toEqual({ output, expectedLines });
    }
  }, 300_000);
});
