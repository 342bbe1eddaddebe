import type { DataSource } from 'typeorm';

import { today } from '../../shared/dates.js';
import { endFounding, findClaimsWithoutRecord } from '../derive/address-claims.js';
import { inExclusiveTransaction, type Run } from '../derive/exclusive-transaction.js';
import { beginFillingSql, byIndexesSql, completeFilling, endFillingSql, type Filling } from '../derive/filling.js';
import { isFirstReadingSql } from '../derive/first-reading.js';
import { recountForDay } from '../derive/recount-for-day.js';
import type { FeedProblemCode } from '../feed/feed-problem.js';
import type { FeedLimits } from '../feed/limits.js';
import { FeedChangedError, type FeedPage, type FeedSource } from '../feed/read-feed-page.js';
import { mapTables, type SourceTable, sourceTables } from '../source-tables.js';
import { type CatalogueSize, checkGrowth, countEntriesSql, countGrowth, type EntryCounts } from './growth.js';
import { addVectors } from './record-vectors.js';
import type { IndexChanges, RejectedEntry } from './validate-entries.js';
import { writePage } from './write-page.js';

/** How far a country's feed was read. */
export interface FeedState {
  readonly feed: string | null;
  readonly cursor: string | null;
  /** Whether everything is removed that only an earlier feed contained. */
  readonly swept: boolean;
  /** Whether it was never read to its end: see `derive/filling.ts`. */
  readonly isFilling: boolean;
}

/**
 * Takes a page into the index, and with it the cursor up to which the feed was read: all in one transaction, so that a process
 * that dies in between leaves neither half. A page that another process took first changes nothing.
 *
 * @param after the cursor with which the page was requested.
 * @param lastingProblems the problems that a page without one does not end.
 * @param hasNoEnd whether the end of the feed is not expected, so that nothing waits for it.
 * @param waits whether what is derived at the end of a first reading waits for other countries: see `derive/filling.ts`.
 * @throws FeedChangedError when the page is of another feed than the cursor.
 * @throws FeedProblemError GROWTH_LIMIT when the catalogue would grow too fast.
 */
export async function applyPage(
  dataSource: DataSource,
  { code: country, folder, allowedEntries }: FeedSource,
  {
    after,
    page,
    changes: validated,
    lastingProblems,
    hasNoEnd,
    waits,
    limits,
  }: {
    readonly after: string | null;
    readonly page: Omit<FeedPage, 'entries'>;
    /** What its entries change. */
    readonly changes: IndexChanges;
    readonly lastingProblems: readonly FeedProblemCode[];
    readonly hasNoEnd: boolean;
    readonly waits: boolean;
    readonly limits: FeedLimits;
  },
): Promise<AppliedPage> {
  const changes = await withVectors(dataSource, withOrigin(validated, country, page.feed));
  return inExclusiveTransaction(dataSource, async (run) => {
    const [state] = await run<
      FeedState &
        CatalogueSize & {
          readonly isDayOver: boolean;
          readonly isComplete: boolean;
          readonly hasRefusals: boolean;
          readonly countedDay: string | null;
          readonly isFirstReading: boolean;
        }
    >(
      `SELECT feed, cursor, swept, is_filling AS "isFilling", entries, statements, ${isDayOver} AS "isDayOver",
        CASE WHEN ${isDayOver} THEN jsonb_build_object('entries', entries, 'statements', statements)
          WHEN entries_before IS NOT NULL
          THEN jsonb_build_object('entries', entries_before, 'statements', statements_before) END AS "dayBefore",
          read_at IS NOT NULL AS "isComplete", EXISTS (SELECT FROM refusal WHERE refusal.country = $1) AS "hasRefusals",
          (SELECT day::text FROM index_state) AS "countedDay", CASE WHEN is_filling THEN ${beginFillingSql} || ${byIndexesSql} END,
          ${isFirstReadingSql} AS "isFirstReading"
      FROM catalogue WHERE country = $1`,
      [country],
    );
    if (!state || state.cursor !== after) return { rejected: [], growth: 0, entries: state?.entries ?? 0 };
    if (after !== null && state.feed !== page.feed) throw new FeedChangedError();
    // Most pages have none, and most countries have none.
    const needsRefusals = state.hasRefusals || changes.rejected.length > 0;
    const growth = await countGrowth(run, country, changes, needsRefusals);
    checkGrowth(folder, state, growth, limits, allowedEntries);
    const day = today();
    if (state.countedDay !== day) {
      // It changes solutions of all countries.
      await run(`SELECT ${endFillingSql}`);
      await recountForDay(run, day);
      if (state.isFilling) await run(`SELECT ${beginFillingSql}`);
    }
    const filling = state.isFilling ? { country, isFirstReading: state.isFirstReading } : null;
    const areNew = !needsRefusals && growth.entries === countRows(changes);
    await writePage(run, changes, day, { filling, areNew });
    if (needsRefusals) await writeRefusals(run, changes, country, page.feed);
    const swept = state.feed === page.feed ? state.swept : state.feed === null;
    const isAtEnd = !page.hasNextPage;
    const isSwept = !swept && isAtEnd;
    if (isSwept) await sweep(run, country, page.feed, day, filling);
    if (isAtEnd && !state.isComplete) {
      await endFounding(run, country);
      await removeClaimsWithoutRecord(run, country, day, filling);
    }
    if (state.isFilling && (isAtEnd || hasNoEnd) && !waits) await completeFilling(run, [country], day);
    const { entries, statements } = isSwept
      ? await countEntries(run, country)
      : { entries: state.entries + growth.entries, statements: state.statements + growth.statements };
    await run(
      `UPDATE catalogue SET feed = $2, cursor = coalesce($3, cursor), swept = $4, languages = $5,
        problem = CASE WHEN problem ->> 'code' = ANY ($9) THEN problem END,
        read_at = CASE WHEN $6 THEN now() ELSE read_at END, entries = $7,
        statements = $11,
        entries_before = CASE WHEN $8 THEN entries WHEN ${isFirstDay} THEN $7 ELSE entries_before END,
        statements_before = CASE WHEN $8 THEN statements WHEN ${isFirstDay} THEN $11 ELSE statements_before END,
        has_needs = $10,
        counted_at = CASE WHEN $8 OR (${isFirstDay}) THEN now() ELSE counted_at END
      WHERE country = $1`,
      [
        country,
        page.feed,
        page.cursor,
        swept || isAtEnd,
        page.languages,
        isAtEnd,
        entries,
        state.isDayOver,
        lastingProblems,
        page.withNeeds,
        statements,
      ],
    );
    return { rejected: changes.rejected, growth: growth.entries, entries };
  });
}

/** What a page did to the index. */
export interface AppliedPage {
  /** Its entries that were rejected. */
  readonly rejected: readonly RejectedEntry[];
  /** How many entries it added, less those that it removed. */
  readonly growth: number;
  /** How many entries the country now has. */
  readonly entries: number;
}

/** Whether the feed was read to its end for the first time with this page. */
const isFirstDay = `entries_before IS NULL AND $6 AND $7 > 0`;
const isDayOver = `(entries_before IS NOT NULL AND counted_at < now() - interval '1 day')`;

/** If the index grows by as many entries, it has none of the rows. */
const countRows = ({ byTable }: IndexChanges): number =>
  sourceTables.reduce((sum, table) => sum + byTable[table].rows.length, 0);

async function countEntries(run: Run, country: string): Promise<EntryCounts> {
  const [counted] = await run<EntryCounts>(`SELECT ${countEntriesSql}`, [country]);
  return counted ?? { entries: 0, statements: 0 };
}

/** The records with their search vectors: computed before the transaction, so that no other country waits for them. */
async function withVectors(dataSource: DataSource, changes: IndexChanges): Promise<IndexChanges> {
  const { rows, removedIds } = changes.byTable.catalogue_record;
  if (rows.length === 0) return changes;
  const vectors = await addVectors((statement, values = []) => dataSource.query(statement, [...values]), rows);
  return { ...changes, byTable: { ...changes.byTable, catalogue_record: { rows: vectors, removedIds } } };
}

/** The rows with their country and feed. */
const withOrigin = (changes: IndexChanges, country: string, feed: string): IndexChanges => ({
  ...changes,
  byTable: mapTables((table) => ({
    rows: changes.byTable[table].rows.map((row) => ({ ...row, country, feed })),
    removedIds: changes.byTable[table].removedIds,
  })),
});

async function writeRefusals(
  run: Run,
  { rejected, accepted }: IndexChanges,
  country: string,
  feed: string,
): Promise<void> {
  await run(
    `DELETE FROM refusal USING unnest($2::text[], $3::text[]) AS accepted (subject, subject_id)
    WHERE country = $1 AND refusal.subject = accepted.subject AND refusal.subject_id = accepted.subject_id`,
    [country, accepted.map(({ subject }) => subject), accepted.map(({ subjectId }) => subjectId)],
  );
  const column = (name: keyof RejectedEntry): string[] => rejected.map((entry) => entry[name]);
  await run(
    `INSERT INTO refusal (country, feed, subject, subject_id, reason, at)
    SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[])
    ON CONFLICT (country, subject, subject_id) DO UPDATE SET feed = excluded.feed, reason = excluded.reason, at = excluded.at`,
    [country, feed, column('subject'), column('subjectId'), column('reason'), column('at')],
  );
}

/** Once a restarted feed was read to its end: removes what only the feed before it contained. */
async function sweep(run: Run, country: string, feed: string, day: string, filling: Filling): Promise<void> {
  await run(`DELETE FROM refusal WHERE country = $1 AND feed <> $2`, [country, feed]);
  await removeRows(run, `country = $1 AND feed <> $2`, [country, feed], day, filling);
}

/** Removes the claims of records that were deleted while the index was rebuilt, and recomputes what was derived from them. */
export async function removeClaimsWithoutRecord(
  run: Run,
  country: string,
  day: string,
  filling: Filling = null,
): Promise<void> {
  const removedIds = await findClaimsWithoutRecord(run, country);
  const byTable = mapTables((table) => ({ rows: [], removedIds: table === 'catalogue_record' ? removedIds : [] }));
  if (removedIds.length > 0) await writePage(run, { byTable }, day, { filling, areNew: true });
}

/** Removes rows of the source tables, and recomputes what was derived from them. */
export async function removeRows(
  run: Run,
  where: string,
  values: readonly unknown[],
  day: string,
  filling: Filling = null,
): Promise<void> {
  const ids = new Map<SourceTable, string[]>();
  for (const table of sourceTables) {
    const rows = await run<{ id: string }>(`SELECT id FROM ${table} WHERE ${where}`, values);
    ids.set(
      table,
      rows.map(({ id }) => id),
    );
  }
  const byTable = mapTables((table) => ({ rows: [], removedIds: ids.get(table) ?? [] }));
  await writePage(run, { byTable }, day, { filling, areNew: true });
}
