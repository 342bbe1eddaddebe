import { deriveAllAdoptions, type SolutionsAndUsers } from './adoptions.js';
import { countValuesSql } from '../solution-facets.js';
import { organisationWordsSql } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

// An empty index is read without the indexes and triggers of `migrations/create-deferred.ts`, until the first countries are
// completed. Meanwhile every country is being filled, no page reads these indexes, and requests that do read whole tables.

/** Drops what is created again at the end. Of an index that is emptied during its first reading, it was dropped before. */
export const beginFirstReading = (run: Run): Promise<unknown> => run(`SELECT drop_deferred()`);

/** SQL expression: whether the index is being read without them. */
export const isFirstReadingSql = `EXISTS (SELECT FROM deferred_definition)`;

/** Creates the indexes of adoptions, by which they are counted, and derives again which of them rows read later have changed. */
export async function completeAdoptions(run: Run): Promise<SolutionsAndUsers> {
  // Before rows are updated: an index does not serve the transaction in which it is created if updates without it came before.
  await run(`SELECT create_deferred('{adoption}')`);
  // Without statistics, PostgreSQL reads nearly all adoptions for each solution that is counted: those that have begun.
  await run(`SELECT analyze_index('{adoption,organisation,solution_address,portfolio_entry}')`);
  return deriveAllAdoptions(run);
}

/** Counts what triggers keep from now on, and creates them and everything else. */
export async function endFirstReading(run: Run): Promise<void> {
  await run(`INSERT INTO solution_facet (field, value, count) ${countValuesSql('SELECT * FROM solution')}`);
  await run(
    `INSERT INTO organisation_word (word, names)
    SELECT word, count(*) FROM organisation o, ${organisationWordsSql('o')} GROUP BY word ORDER BY word`,
  );
  await run(`SELECT create_deferred(array(SELECT relation FROM deferred_definition))`);
}
