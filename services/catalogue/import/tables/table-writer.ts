import { setImmediate as nextTurn } from 'node:timers/promises';

import type { EntityManager, EntitySchema } from 'typeorm';

import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { getColumns } from '../../model/row-sql.js';
import type { OrganisationRow, TermsRow } from '../../model/rows.js';
import type { Batch } from './table-files.js';
import { findEditedRows } from '../core/manual-edits.js';
import { findContradictions } from './find-contradictions.js';
import { createOrganisationFinder, isOrganisationId, type OrganisationFinder } from './find-organisation.js';
import type { ImportReport, NamedOrganisation, TableCounts } from './import-report.js';
import { describeRows } from '../core/progress.js';
import type { ImportRun } from '../core/import-run.js';
import type { ImportOptions } from './import-options.js';
import type { Problem } from '../core/problem.js';
import { type ReadRow, readTable } from './read-table.js';
import { RowError } from '../core/row-error.js';
import { quote, withValue } from './spreadsheet-faults.js';
import type { Table } from './table-definitions.js';
import { hasIds, handleMissingRows } from './missing-rows.js';
import {
  type FindEdited,
  removeUnlisted,
  startUpsert,
  toCounts,
  type Upsert,
  type UpsertOptions,
  type UpsertResult,
} from '../core/upsert-rows.js';

/** Reads and writes the tables of an import, and reports what it did. */
export interface TableWriter {
  /** Reads a table and converts it to rows. Rows with errors, and repeated ones, are skipped and reported. */
  readonly readRows: <T extends Table, Row>(
    table: T,
    toRow: (row: ReadRow<T>) => Row,
    keyOf: (row: Row) => string,
    nationalColumns?: readonly string[],
  ) => Promise<Row[]>;
  /** Reads a table, and writes its rows while further ones are being read. Returns the rows. */
  readonly importRows: <T extends Table, Row extends object>(
    table: T,
    entity: EntitySchema<Row>,
    toRow: (row: ReadRow<T>) => Row,
    keyOf: (row: Row) => string,
    nationalColumns?: readonly string[],
  ) => Promise<Row[]>;
  /**
   * Writes the rows of a table that contains all rows of each parent: other rows of the same parent are removed, unless an editor
   * changed it.
   *
   * @param parent what the rows belong to.
   */
  readonly write: <Row extends object>(
    table: Table,
    entity: EntitySchema<Row>,
    rows: readonly Row[],
    parent: RowParent<Row>,
  ) => Promise<void>;
  readonly report: () => Promise<ImportReport>;
}

/** What the rows of a table belong to. */
export interface RowParent<Row extends object> {
  /** The property of a row with the id of its parent. */
  readonly property: keyof Row & string;
  readonly entity: EntitySchema<OrganisationRow> | EntitySchema<TermsRow>;
  /** Whether an editor changes a parent with all its rows, so that none of them is written. Default: rows are added. */
  readonly isEditedAsWhole?: boolean;
}

type Draft<Report> = {
  -readonly [Part in keyof Report]: Report[Part] extends readonly (infer Item)[] ? Item[] : Report[Part];
};

/** Creates the writer of a batch of tables, within a transaction. */
export function createTableWriter(
  national: NationalCatalogue,
  batch: Batch,
  manager: EntityManager,
  run: ImportRun,
  { dryRun = false, missing, maxEnded, on, overwriteEdits = false, onStep = () => undefined }: ImportOptions,
): TableWriter {
  const files: Record<string, TableCounts> = {};
  const linesOf = new Map<Table, ReadonlyMap<string, number>>();
  const draft: Draft<Omit<ImportReport, 'dryRun' | 'missing' | 'on' | 'files' | 'contradictions'>> = {
    problems: batch.unknownFiles.map((file) => ({
      file,
      line: 1,
      column: null,
      message: 'is not a table of a catalogue: correct the name of the file, or remove it',
    })),
    suspicious: [],
    named: [],
    changes: [],
    edited: [],
    missingRows: [],
    tooManyMissing: [],
  };
  const problemsOf = ({ file }: Table): readonly Problem[] => draft.problems.filter((problem) => problem.file === file);
  const findEditsIn =
    <Row extends object>(entity: EntitySchema<Row>) =>
    async (ids: readonly string[]): ReturnType<FindEdited> =>
      overwriteEdits ? new Map() : findEditedRows(manager, entity, ids);

  /** @param pause is awaited while the table is read, with the rows so far. Resolves with all of them. */
  const readRows = async <T extends Table, Row>(
    table: T,
    toRow: (row: ReadRow<T>) => Row,
    keyOf: (row: Row) => string,
    nationalColumns: readonly string[] = [],
    pause: (rows: readonly Row[]) => Promise<void> = () => Promise.resolve(),
  ): Promise<Row[]> => {
    const path = batch.pathOf(table);
    if (path === undefined) return [];
    onStep(`${table.file}: reading`);
    const lines = new Map<string, number>();
    linesOf.set(table, lines);
    const converted: Row[] = [];
    const problems: Problem[] = [];
    const convert = (row: ReadRow<T>, find?: OrganisationFinder): void => {
      try {
        const { row: resolved, named } = find ? resolveOrganisations(table, row, find) : { row, named: [] };
        const result = toRow(resolved);
        const key = keyOf(result);
        const previous = lines.get(key);
        if (previous !== undefined)
          throw new RowError('', `${quote(key)} repeats line ${previous}: remove one of them`);
        lines.set(key, row.line);
        draft.named.push(...named);
        converted.push(result);
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        problems.push(toProblem(table, row, error));
      }
    };
    // Rows wait from the first one on that does not name an organisation by its id: all organisations are read for it.
    const waiting: ReadRow<T>[] = [];
    const onRow = (row: ReadRow<T>): void => {
      if (waiting.length > 0 || unresolvedCells(table, row).length > 0) waiting.push(row);
      else convert(row);
    };
    const read = await readTable(path, table, nationalColumns, onRow, () => pause(converted));
    const find = waiting.length > 0 ? await createOrganisationFinder(national, manager) : undefined;
    for (const row of waiting) convert(row, find);
    draft.problems.push(...read.problems, ...problems);
    draft.suspicious.push(...read.suspicious);
    return converted;
  };

  const startWriting = <Row extends object>(
    table: Table,
    entity: EntitySchema<Row>,
    options: Pick<UpsertOptions, 'findEdited' | 'owner'>,
  ): Upsert<Row> => {
    const began = performance.now();
    return startUpsert(manager, entity, {
      ...options,
      onProgress: (done, of) => {
        onStep(`${table.file}: ${describeRows(done, of, performance.now() - began)}`);
      },
    });
  };

  /** @param rows all that were read; `written` of them are those that may be written. */
  const finishTable = async (
    table: Table,
    rows: readonly object[],
    written: UpsertResult,
    counts: { readonly writable: number; readonly removed: number },
    findEdited: FindEdited,
  ): Promise<void> => {
    if (hasIds(table)) await run.recordRows(written);
    if (batch.pathOf(table) !== undefined && hasNoErrors(table) && hasIds(table)) {
      onStep(`${table.file}: looking for rows of earlier imports that it lacks`);
      const ids = rows.map((row) => (row as { readonly id?: string }).id ?? '');
      const lacked = await handleMissingRows(manager, table, ids, { missing, maxEnded, on, findEdited });
      draft.missingRows.push(...lacked.rows);
      if (lacked.tooMany) draft.tooManyMissing.push(lacked.tooMany);
    }
    draft.changes.push(...written.changed.map((change) => ({ file: table.file, ...change })));
    draft.edited.push(...written.edited.map((id) => ({ file: table.file, id })));
    files[table.file] = {
      ...toCounts(written),
      rejected: new Set(
        problemsOf(table)
          .filter(({ line }) => line > 1)
          .map(({ line }) => line),
      ).size,
      removed: counts.removed,
      edited: written.edited.length + rows.length - counts.writable,
    };
  };
  // A row that seems to be missing may be the one with the error, so nothing is removed because of a table with errors.
  const hasNoErrors = (table: Table): boolean => problemsOf(table).length === 0;

  return {
    readRows,

    importRows: async (table, entity, toRow, keyOf, nationalColumns) => {
      const findEdited = findEditsIn(entity);
      const upsert = startWriting(table, entity, hasIds(table) ? { findEdited } : {});
      try {
        const rows = await readRows(table, toRow, keyOf, nationalColumns, async (read) => {
          await upsert.advance(read);
          // Results of the database are received meanwhile.
          await nextTurn();
        });
        const written = await upsert.finish(rows);
        await finishTable(table, rows, written, { writable: rows.length, removed: 0 }, findEdited);
        return rows;
      } finally {
        await upsert.settle();
      }
    },

    write: async (table, entity, rows, parent) => {
      const findEdited = findEditsIn<{ id: string }>(parent.entity);
      const unedited = await withoutEditedParents(rows, parent.property, findEdited);
      const removed = hasNoErrors(table) ? await removeUnlisted(manager, entity, parent.property, unedited) : [];
      const writable = parent.isEditedAsWhole === true ? unedited : rows;
      const owner = columnOf(entity, parent.property);
      const written = await startWriting(table, entity, { findEdited, owner }).finish(writable);
      await finishTable(table, rows, written, { writable: writable.length, removed: removed.length }, findEdited);
    },

    report: async () => {
      onStep('looking for rows that contradict others');
      const contradictions = await findContradictions(manager, (table) => linesOf.get(table));
      return { dryRun, missing, on, files, ...draft, contradictions };
    },
  };
}

/** The rows whose parent no editor changed. */
async function withoutEditedParents<Row extends object>(
  rows: readonly Row[],
  parent: keyof Row & string,
  findEdited: (ids: readonly string[]) => Promise<ReadonlyMap<string, boolean>>,
): Promise<Row[]> {
  const edited = await findEdited([...new Set(rows.map((row) => String(row[parent])))]);
  return rows.filter((row) => !edited.has(String(row[parent])));
}

const columnOf = <Row extends object>(entity: EntitySchema<Row>, property: keyof Row & string): string =>
  getColumns(entity).find(([name]) => name === property)?.[1] ?? property;

const toProblem = (
  { file }: Table,
  { line, record }: Pick<ReadRow<Table>, 'line' | 'record'>,
  { column, message, candidates }: RowError,
): Problem => ({
  file,
  line,
  column: column || null,
  message: withValue(record[column], message),
  ...(candidates ? { candidates } : {}),
});

/** The cells that refer to an organisation by something other than an id. */
const unresolvedCells = <T extends Table>(
  { organisations = {} }: T,
  { cells }: ReadRow<T>,
): [column: string, written: string][] =>
  Object.keys(organisations).flatMap((column) => {
    const written = (cells as Readonly<Record<string, unknown>>)[column];
    return typeof written === 'string' && !isOrganisationId(written) ? [[column, written]] : [];
  });

/** Replaces codes and names by ids. Throws RowError if one is unknown or ambiguous. */
function resolveOrganisations<T extends Table>(
  table: T,
  row: ReadRow<T>,
  find: OrganisationFinder,
): { readonly row: ReadRow<T>; readonly named: readonly NamedOrganisation[] } {
  const named = unresolvedCells(table, row).map(([column, written]): NamedOrganisation => ({
    file: table.file,
    line: row.line,
    column,
    written,
    ...find(table.organisations?.[column] ?? 'ORGANISATION', column, written),
  }));
  const ids = Object.fromEntries(named.map(({ column, id }) => [column, id]));
  return { row: { ...row, cells: { ...row.cells, ...ids }, named }, named };
}
