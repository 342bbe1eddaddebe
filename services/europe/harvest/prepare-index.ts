import type { DataSource } from 'typeorm';

import { today } from '../../shared/dates.js';
import { followClaims } from '../derive/address-claims.js';
import { deriveAdoptions, deriveSupersession } from '../derive/adoptions.js';
import { beginFirstReading } from '../derive/first-reading.js';
import { recountForDay } from '../derive/recount-for-day.js';
import { completeFilling, deriveUsage } from '../derive/filling.js';
import { deriveOrganisationUse } from '../derive/organisation-use.js';
import { inExclusiveTransaction, type Run } from '../derive/exclusive-transaction.js';
import { writeEuropeMappings } from './write-europe-mappings.js';
import { removeClaimsWithoutRecord, removeRows } from './apply-page.js';

/** Raise it whenever the same feeds would result in another index: an index of an earlier version is emptied and rebuilt. */
const indexVersion = 25;

/**
 * Prepares the index to follow these countries: a new country is read from the start of its feed, and everything of a country
 * that is no longer followed is removed. An index of an earlier version is emptied.
 */
export const prepareIndex = (dataSource: DataSource, countries: readonly string[]): Promise<void> =>
  inExclusiveTransaction(dataSource, async (run) => {
    const day = today();
    const [state] = await run<{ version: number }>(`SELECT version FROM index_state`);
    if (state?.version !== indexVersion) await emptyTables(run);
    else await writeEuropeMappings(run);
    await recountForDay(run, day);
    const catalogues = await run<{ country: string; isFilling: boolean }>(
      `SELECT country, is_filling AS "isFilling" FROM catalogue`,
    );
    const known = catalogues.map(({ country }) => country);
    const removed = known.filter((country) => !countries.includes(country));
    const added = countries.filter((country) => !known.includes(country));
    for (const country of removed) {
      if (catalogues.some((one) => one.country === country && one.isFilling))
        await completeFilling(run, [country], day);
      await removeRows(run, 'country = $1', [country], day);
      await removeClaimsWithoutRecord(run, country, day);
      await run(`DELETE FROM refusal WHERE country = $1`, [country]);
    }
    await run(`DELETE FROM catalogue WHERE country = ANY ($1)`, [removed]);
    await run(`INSERT INTO catalogue (country) SELECT unnest($1::text[])`, [added]);
    await followClaims(run, countries);
    await recomputeOrganisations(run, [...removed, ...added], day);
  });

/** Empties the index, so that every feed is read again from its start. */
export const emptyIndex = (dataSource: DataSource): Promise<void> => inExclusiveTransaction(dataSource, emptyTables);

async function emptyTables(run: Run): Promise<void> {
  const tables = await run<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname <> ALL ($1)`,
    [keptTables],
  );
  await run(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
  await beginFirstReading(run);
  await writeEuropeMappings(run);
  await run(`INSERT INTO index_state (day, version) VALUES ($1, $2)`, [today(), indexVersion]);
  await run(
    `UPDATE catalogue SET feed = NULL, cursor = NULL, swept = true, read_at = NULL, problem = NULL, languages = '{}',
      entries = 0, statements = 0, is_filling = true`,
  );
}

/**
 * The tables that a rebuild does not empty. It empties every other table of the schema, so that a new one cannot be forgotten:
 * `catalogue` holds which countries are followed, and is reset row by row; `migrations` is TypeORM's; `deferred_definition`
 * holds what is created again at the end of a first reading; the others hold what Europe has observed and no feed contains.
 */
const keptTables = ['address_claim', 'catalogue', 'claiming_country', 'deferred_definition', 'migrations'];

/** Whether a user counts as unknown depends on whether its country is followed at all. */
async function recomputeOrganisations(run: Run, countries: readonly string[], day: string): Promise<void> {
  if (countries.length === 0) return;
  const users = await run<{ user: string }>(
    `SELECT DISTINCT user_id AS user FROM adoption WHERE user_id IS NOT NULL AND user_country = ANY ($1)`,
    [countries],
  );
  const affected = await deriveAdoptions(run, {
    addresses: [],
    solutionsBefore: [],
    organisations: users.map(({ user }) => user),
    writtenNames: [],
  });
  await deriveOrganisationUse(run, affected.users);
  await deriveUsage(run, [...affected.solutions, ...(await deriveSupersession(run, affected))], day);
}
