import type { FeedLimits } from '../feed/limits.js';
import { FeedProblemError } from '../feed/feed-problem.js';
import type { Run } from '../derive/exclusive-transaction.js';
import { sourceTables, statementTables } from '../source-tables.js';
import type { IndexChanges } from './validate-entries.js';

// A country could fill the index with invented entries. How much of a catalogue is genuine, the index cannot know; but a catalogue
// whose objects multiply within a day is something for a person to look at. Statements about them come in bulk: who has a need, or
// uses a solution, is a register's list of tens of thousands. They only take up space, of which a new catalogue has enough for them.

/** How many entries a country has in the index, rejected ones included. */
export interface EntryCounts {
  readonly entries: number;
  /** How many of them are statements: see `statementTables`. */
  readonly statements: number;
}

export interface CatalogueSize extends EntryCounts {
  /** The numbers of a day ago. Null if its feed was never read to its end, or was empty: it is imported after it has joined. */
  readonly dayBefore: EntryCounts | null;
}

/**
 * What a page adds to a country's entries, less what it removes.
 *
 * @param hasRefusals whether the page or the country has rejected entries.
 */
export async function countGrowth(
  run: Run,
  country: string,
  { byTable, rejected, accepted }: IndexChanges,
  hasRefusals: boolean,
): Promise<EntryCounts> {
  const counts = { entries: ['0'], statements: ['0'] };
  const values: unknown[] = hasRefusals ? [country] : [];
  const placeholder = (value: unknown): string => `$${values.push(value)}`;
  for (const table of sourceTables) {
    const { rows, removedIds } = byTable[table];
    if (rows.length + removedIds.length === 0) continue;
    const existing = (ids: readonly string[]): string =>
      ids.length === 0 ? '0' : `(SELECT count(*) FROM ${table} WHERE id = ANY (${placeholder(ids)}))`;
    const counted = statementTables.has(table) ? counts.statements : counts.entries;
    counted.push(`${rows.length} - ${existing(rows.map(({ id }) => id))} - ${existing(removedIds)}`);
  }
  for (const entries of hasRefusals ? [rejected, accepted] : []) {
    const existing = `(SELECT count(*) FROM refusal r JOIN unnest(
      ${placeholder(entries.map(({ subject }) => subject))}::text[], ${placeholder(entries.map(({ subjectId }) => subjectId))}::text[]
    ) AS entry (subject, id) ON r.subject = entry.subject AND r.subject_id = entry.id WHERE r.country = $1)`;
    counts.entries.push(`${entries === rejected ? rejected.length : 0} - ${existing}`);
  }
  const [counted] = await run<{ objects: number; statements: number }>(
    `SELECT (${counts.entries.join(' + ')})::int AS objects, (${counts.statements.join(' + ')})::int AS statements`,
    values,
  );
  const { objects, statements } = counted ?? { objects: 0, statements: 0 };
  return { entries: objects + statements, statements };
}

const countRowsSql = (tables: readonly string[]): string =>
  tables.map((table) => `(SELECT count(*) FROM ${table} WHERE country = $1)`).join(' + ');

/** Columns with the counts of a country, in a statement in which `$1` is the country. */
export const countEntriesSql = `(${countRowsSql([...sourceTables, 'refusal'])})::int AS entries,
  (${countRowsSql([...statementTables])})::int AS statements`;

/**
 * Rejects a page with which a catalogue would grow too fast.
 *
 * @param allowed the number of entries that the operator allows in any case.
 * @throws FeedProblemError GROWTH_LIMIT
 */
export function checkGrowth(
  folder: string,
  size: CatalogueSize,
  growth: EntryCounts,
  limits: FeedLimits,
  allowed = 0,
): void {
  const { dayBefore } = size;
  const entries = size.entries + growth.entries;
  if (entries <= allowed) return;
  const setting = `${folder.toUpperCase()}_ALLOWED_ENTRIES`;
  const reject = (found: string): never => {
    throw new FeedProblemError(
      'GROWTH_LIMIT',
      `${found}. Nothing further of its feed is taken until then. If the growth is genuine, the operator of Europe sets ` +
        `${setting} to the number of entries that the catalogue may have, at least ${entries}.`,
    );
  };
  const maxOfDay = (before: number): number =>
    before + Math.max(limits.maxDailyEntries, Math.floor(before * limits.maxDailyGrowth));
  const max = Math.max(limits.maxFirstEntries, dayBefore === null ? 0 : maxOfDay(dayBefore.entries));
  if (growth.entries > 0 && entries > max)
    reject(
      `The catalogue has ${size.entries} entries in the index and would grow to at least ${entries}; ` +
        (dayBefore === null
          ? `a catalogue may have ${max} entries when it is read for the first time`
          : `it had ${dayBefore.entries} a day before, and may have ${max} today`),
    );
  if (dayBefore === null) return;
  const [objects, grown] = [size, growth].map((counts) => counts.entries - counts.statements) as [number, number];
  const before = dayBefore.entries - dayBefore.statements;
  if (grown > 0 && objects + grown > maxOfDay(before))
    reject(
      `The catalogue has ${objects} objects in the index, such as records and organisations, and would grow to at least ` +
        `${objects + grown}; it had ${before} a day before, and may have ${maxOfDay(before)} today`,
    );
}
