import type { EntityManager, EntitySchema } from 'typeorm';

import type { Day } from '../../../shared/dates.js';
import * as entities from '../../model/entities.js';
import type { StoredRow } from '../core/row-diff.js';
import * as tables from './table-definitions.js';

/** What happens to a row that is missing from its table: it stays, or it ends. */
export type MissingPolicy = 'keep' | 'end';

/** A row that an import wrote, that has not ended, and that its table no longer contains. */
export interface MissingRow {
  readonly file: string;
  readonly id: string;
  /**
   * Null if no policy was chosen, or too many would end: then nothing was written. A row without a period cannot end and is withdrawn. A row that an
   * editor changed stays.
   */
  readonly outcome: 'KEPT' | 'ENDED' | 'WITHDRAWN' | 'EDITED' | null;
  /** The values of a withdrawn row, by column. */
  readonly was?: StoredRow;
}

/** More rows are missing than may end. */
export interface Excess {
  readonly missing: number;
  /** Of how many rows that an import wrote, and that have not ended. */
  readonly of: number;
}

/** A table that lacks more rows than may end. */
export interface TooManyMissing extends Excess {
  readonly file: string;
}

/**
 * How many of the rows of a source may end unless the user states a number: a list loses a few rows between two imports; a file that
 * was cut off, filtered or renamed, or a folder that was copied in part, lacks most of them.
 */
const defaultMaxEnded = (rows: number): number => Math.max(20, Math.floor(rows / 10));

/** Returns the figures if more rows are missing than may end; by default as many as `defaultMaxEnded`. */
export const findExcess = ({ missing, of }: Excess, maxEnded: number | undefined): Excess | null =>
  missing > (maxEnded ?? defaultMaxEnded(of)) ? { missing, of } : null;

/** The stored rows that correspond to a table. */
interface StoredTable {
  readonly entity: EntitySchema;
  /** The SQL condition for rows that have not ended by the day $2; true for all rows if they have no period. */
  readonly isCurrent: string;
  readonly hasPeriod: boolean;
}

const isCurrentSql = 'exists_on(NULL, t.end_date, t.ended, $2::date)';

const withPeriod = (entity: EntitySchema, and = 'true'): StoredTable => ({
  entity,
  isCurrent: `${isCurrentSql} AND ${and}`,
  hasPeriod: true,
});
const withoutPeriod = (entity: EntitySchema): StoredTable => ({
  entity,
  isCurrent: '$2::date IS NOT NULL',
  hasPeriod: false,
});

/** The tables whose rows have an id; codes, figures and successions belong to their organisations. */
const storedTables = new Map<tables.Table, StoredTable>([
  [tables.administrations, withPeriod(entities.organisation, `t.type = 'ADMINISTRATION'`)],
  [tables.consortia, withPeriod(entities.organisation, `t.type = 'CONSORTIUM'`)],
  [tables.memberships, withPeriod(entities.membership)],
  [tables.records, withoutPeriod(entities.record)],
  [tables.portfolio, withPeriod(entities.portfolioEntry)],
  [tables.adoptions, withPeriod(entities.adoption, `t.status <> 'ENDED'`)],
  [tables.claims, withoutPeriod(entities.claim)],
  [tables.codeLists, withoutPeriod(entities.codeList)],
  [tables.codes, withoutPeriod(entities.code)],
  [tables.mappings, withoutPeriod(entities.codeMapping)],
  [tables.needs, withoutPeriod(entities.need)],
  [tables.needHolders, withPeriod(entities.needHolder)],
  [tables.terms, withoutPeriod(entities.terms)],
  [tables.contracts, withPeriod(entities.contract)],
]);

/** Whether the rows of a table have ids, so that missing ones can be found. */
export const hasIds = (table: tables.Table): boolean => storedTables.has(table);

interface MissingRowOptions {
  readonly missing: MissingPolicy | null;
  /** How many may end. Default: `defaultMaxEnded`. */
  readonly maxEnded: number | undefined;
  /** The end date (exclusive) of missing rows. */
  readonly on: Day;
  readonly findEdited: (keys: readonly string[]) => Promise<ReadonlyMap<string, boolean>>;
}

/** Finds the rows that are missing from a table, given the ids that it contains, and applies the chosen policy. */
export async function handleMissingRows(
  manager: EntityManager,
  table: tables.Table,
  ids: readonly string[],
  { missing, maxEnded, on, findEdited }: MissingRowOptions,
): Promise<{ readonly rows: readonly MissingRow[]; readonly tooMany: TooManyMissing | null }> {
  const { entity, isCurrent, hasPeriod } = storedTables.get(table) ?? {};
  if (!entity || isCurrent === undefined) return { rows: [], tooMany: null };
  const { name } = entity.options;
  const { file } = table;
  const imported = `${name} t JOIN imported_row i ON i.id = t.id JOIN import_run r ON r.id = i.run AND r.kind <> 'PUBLICCODE'`;
  const found: { id: string; row: StoredRow }[] = await manager.query(
    // Not by a join with the ids, which PostgreSQL plans as a nested loop if it has no statistics of `imported_row`.
    `SELECT t.id, to_jsonb(t) AS row FROM ${imported} WHERE t.id <> ALL ($1::text[]) AND ${isCurrent}
    ORDER BY t.id FOR UPDATE OF t`,
    [ids, on],
  );
  const edited = await findEdited(found.map(({ id }) => id));
  const unedited = found.map(({ id }) => id).filter((id) => !edited.has(id));
  if (missing === 'end' && unedited.length > 0) {
    const [{ rows } = { rows: 0 }]: { rows: number }[] = await manager.query(
      `SELECT count(*)::int AS rows FROM ${imported} WHERE $1::text[] IS NOT NULL AND ${isCurrent}`,
      [[], on],
    );
    const excess = findExcess({ missing: unedited.length, of: rows }, maxEnded);
    if (excess) return { rows: unedited.map((id) => ({ file, id, outcome: null })), tooMany: { file, ...excess } };
    const note = `Ended on ${on}, when it was no longer in the imported table.`;
    await (hasPeriod ? endRows(manager, entity, unedited, { on, note }) : withdrawRows(manager, entity, unedited));
  }
  const outcome = missing === 'end' ? (hasPeriod ? 'ENDED' : 'WITHDRAWN') : missing === 'keep' ? 'KEPT' : null;
  return {
    rows: found.map(({ id, row }) => {
      if (edited.has(id)) return { file, id, outcome: 'EDITED' };
      return { file, id, outcome, ...(outcome === 'WITHDRAWN' ? { was: row } : {}) };
    }),
    tooMany: null,
  };
}

/** Ends rows. A row that has not begun by then ends on the day it begins. */
export const endRows = (
  manager: EntityManager,
  { options: { name } }: EntitySchema,
  ids: readonly string[],
  { on, note }: { readonly on: Day; readonly note: string },
): Promise<unknown> =>
  manager.query(
    `UPDATE ${name} SET end_date = greatest($2::date, start_date), end_precision = 'DAY', ended = true,
      provenance = provenance || jsonb_build_object('note', concat_ws(' ', provenance ->> 'note', $3::text))
    WHERE id = ANY ($1)`,
    [ids, on, note],
  );

/** Removes rows that have no period. */
export const withdrawRows = (
  manager: EntityManager,
  { options: { name } }: EntitySchema,
  ids: readonly string[],
): Promise<unknown> => manager.query(`DELETE FROM ${name} WHERE id = ANY ($1)`, [ids]);
