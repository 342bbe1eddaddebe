import type { DataSource } from 'typeorm';

import { today } from '../../shared/dates.js';
import { deriveAdoptions, deriveSupersession } from '../derive/adoptions.js';
import { countForDay } from '../derive/recount-for-day.js';
import { countSolutions, describeSolutions } from '../derive/solutions.js';
import { inTurn, type Run } from '../derive/exclusive-transaction.js';
import { tables } from './validate-entries.js';
import { removeRows } from './apply-page.js';
import { publishedBy } from './write-page.js';

/** To be raised whenever the same feeds would make another index: one of an earlier version is made anew. */
const version = 1;

/**
 * Makes the index ready to follow these countries: those that it did not know begin from the start of their feeds, and of
 * those that are no longer followed nothing stays. An index of an earlier version is emptied.
 */
export const prepareIndex = (dataSource: DataSource, countries: readonly string[]): Promise<void> =>
  inTurn(dataSource, async (run) => {
    const day = today();
    const [counted] = await run<{ version: number }>(`SELECT version FROM counted`);
    if (counted?.version !== version) await empty(run);
    await countForDay(run, day);
    const known = (await run<{ country: string }>(`SELECT country FROM catalogue`)).map(({ country }) => country);
    const left = known.filter((country) => !countries.includes(country));
    const added = countries.filter((country) => !known.includes(country));
    for (const country of left) {
      await removeRows(run, 'country = $1', [country], day);
      await run(`DELETE FROM refusal WHERE country = $1`, [country]);
    }
    await run(`DELETE FROM catalogue WHERE country = ANY ($1)`, [left]);
    await run(`INSERT INTO catalogue (country) SELECT unnest($1::text[])`, [added]);
    await reconsiderBodies(run, [...left, ...added], day);
  });

/** Throws everything away, so that it is read again from the start of every feed. */
export const emptyIndex = (dataSource: DataSource): Promise<void> => inTurn(dataSource, empty);

async function empty(run: Run): Promise<void> {
  const concluded = ['word', 'basis', 'description', 'solution', 'place', 'alias', 'counted'];
  await run(`TRUNCATE ${[...tables, ...concluded, 'refusal'].join(', ')}`);
  await run(`INSERT INTO counted (day, version) VALUES ($1, $2)`, [today(), version]);
  await run(
    `UPDATE catalogue SET feed = NULL, cursor = NULL, swept = true, read_at = NULL, failed_since = NULL, languages = '{}'`,
  );
}

/** Whether a user or a publisher is unknown depends on whether its country is followed at all. */
async function reconsiderBodies(run: Run, countries: readonly string[], day: string): Promise<void> {
  if (countries.length === 0) return;
  const users = await run<{ user: string }>(
    `SELECT DISTINCT user_id AS user FROM adoption WHERE user_id IS NOT NULL AND user_country = ANY ($1)`,
    [countries],
  );
  const reached = await deriveAdoptions(run, {
    addresses: [],
    organisations: users.map(({ user }) => user),
    writtenNames: [],
  });
  const publishers = await run<{ publisher: string }>(
    `SELECT DISTINCT publisher_id AS publisher FROM catalogue_record WHERE upper(left(publisher_id, 2)) = ANY ($1)`,
    [countries],
  );
  await describeSolutions(
    run,
    await publishedBy(
      run,
      publishers.map(({ publisher }) => publisher),
    ),
  );
  await countSolutions(run, [...reached.solutions, ...(await deriveSupersession(run, reached))], day);
}
