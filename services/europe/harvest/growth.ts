import type { FeedLimits } from '../feed/limits.js';
import { FeedProblemError } from '../feed/feed-problem.js';
import type { Run } from '../derive/exclusive-transaction.js';
import { sourceTables } from '../source-tables.js';
import type { IndexChanges } from './validate-entries.js';

// A country could fill the index with invented entries. How much of a catalogue is genuine, the index cannot know; but a catalogue
// that multiplies within a day is something for a person to look at.

/** How many entries a country has in the index, rejected ones included. */
export interface CatalogueSize {
  readonly entries: number;
  /** The number of a day ago. Null if its feed was never read to its end, or was empty: it is imported after it has joined. */
  readonly dayBefore: number | null;
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
): Promise<number> {
  const counts = ['0'];
  const values: unknown[] = hasRefusals ? [country] : [];
  const placeholder = (value: unknown): string => `$${values.push(value)}`;
  for (const table of sourceTables) {
    const { rows, removedIds } = byTable[table];
    if (rows.length + removedIds.length === 0) continue;
    const existing = (ids: readonly string[]): string =>
      ids.length === 0 ? '0' : `(SELECT count(*) FROM ${table} WHERE id = ANY (${placeholder(ids)}))`;
    counts.push(`${rows.length} - ${existing(rows.map(({ id }) => id))} - ${existing(removedIds)}`);
  }
  for (const entries of hasRefusals ? [rejected, accepted] : []) {
    const existing = `(SELECT count(*) FROM refusal r JOIN unnest(
      ${placeholder(entries.map(({ subject }) => subject))}::text[], ${placeholder(entries.map(({ subjectId }) => subjectId))}::text[]
    ) AS entry (subject, id) ON r.subject = entry.subject AND r.subject_id = entry.id WHERE r.country = $1)`;
    counts.push(`${entries === rejected ? rejected.length : 0} - ${existing}`);
  }
  const [counted] = await run<{ growth: number }>(`SELECT (${counts.join(' + ')})::int AS growth`, values);
  return counted?.growth ?? 0;
}

/** Counts all entries of a country, in a statement in which `$1` is the country. */
export const countEntriesSql = [...sourceTables, 'refusal']
  .map((table) => `(SELECT count(*) FROM ${table} WHERE country = $1)`)
  .join(' + ');

/**
 * Rejects a page with which a catalogue would grow too fast.
 *
 * @param allowed the number of entries that the operator allows in any case.
 * @throws FeedProblemError GROWTH_LIMIT
 */
export function checkGrowth(
  folder: string,
  { entries, dayBefore }: CatalogueSize,
  growth: number,
  limits: FeedLimits,
  allowed = 0,
): void {
  if (growth <= 0) return;
  const usual =
    dayBefore === null
      ? limits.maxFirstEntries
      : dayBefore + Math.max(limits.maxDailyEntries, Math.floor(dayBefore * limits.maxDailyGrowth));
  const max = Math.max(usual, allowed);
  if (entries + growth <= max) return;
  const expected =
    dayBefore === null
      ? `a catalogue may have ${max} entries when it is read for the first time`
      : `it had ${dayBefore} a day before, and may have ${max} today`;
  throw new FeedProblemError(
    'GROWTH_LIMIT',
    `The catalogue has ${entries} entries in the index and would grow to at least ${entries + growth}; ${expected}. ` +
      `Nothing further of its feed is taken until then. If the growth is genuine, its operator allows it with ${folder.toUpperCase()}_ALLOWED_ENTRIES.`,
  );
}
