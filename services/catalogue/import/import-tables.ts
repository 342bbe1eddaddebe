import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { EntityManager, EntitySchema } from 'typeorm';

import type { Database } from '../../kit/database.js';
import type { Logger } from '../../kit/log.js';
import type { NationalCatalogue } from '../country.js';
import * as entities from '../entities.js';
import { type Problem, type ReadRow, readTable } from './read-table.js';
import * as makeSolution from './rows-of-solutions.js';
import * as make from './rows-of-tables.js';
import * as tables from './tables.js';
import { removeOthers, writeRows, type Written } from './write-rows.js';

/** What an import did, by file, and what it left out. */
export interface ImportReport {
  readonly files: Readonly<Record<string, Written & { readonly rejected: number }>>;
  readonly problems: readonly Problem[];
}

const allTables = [
  tables.sources,
  tables.administrations,
  tables.consortia,
  tables.identifiers,
  tables.populations,
  tables.successions,
  tables.memberships,
  tables.records,
  tables.portfolio,
  tables.adoptions,
  tables.claims,
  tables.completeness,
];

/** Counts up when the import makes other rows of the same tables, so that unchanged tables are read once more. */
const importVersion = 2;

/**
 * Imports the tables in a folder, in one transaction. Rows that cannot be used are reported and stop nothing else. What
 * vanished from a table stays, but for the codes and figures of a body that the table still speaks of.
 *
 * @returns null when exactly these tables were what was imported last: nothing to do.
 */
export async function importTables(
  national: NationalCatalogue,
  folder: string,
  { dataSource }: Pick<Database, 'dataSource'>,
  logger: Logger,
): Promise<ImportReport | null> {
  const digest = digestOf(folder);
  return dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL statement_timeout = 0');
    // Two processes that start at once import one after the other.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph import'))`);
    const [last]: { digest: string }[] = await manager.query('SELECT digest FROM import_run ORDER BY id DESC LIMIT 1');
    if (last?.digest === digest) return null;
    const report = await importAll(national, folder, manager, logger);
    // The planner learns of thousands of new rows now, not when the database finds the time.
    await manager.query('ANALYZE');
    await manager.query('INSERT INTO import_run (digest, report) VALUES ($1, $2)', [digest, report]);
    return report;
  });
}

async function importAll(
  national: NationalCatalogue,
  folder: string,
  manager: EntityManager,
  logger: Logger,
): Promise<ImportReport> {
  const files: Record<string, Written & { rejected: number }> = {};
  const problems: Problem[] = [];

  /** Reads a table, makes rows of it, and drops those with a fault and those whose key came before. */
  const rowsOf = <T extends tables.Table, Row>(
    table: T,
    makeRow: (row: ReadRow<T>) => Row,
    keyOf: (row: Row) => string,
    nationalColumns: readonly string[] = [],
  ): Row[] => {
    const read = readTable(folder, table, nationalColumns);
    problems.push(...read.problems);
    const lines = new Map<string, number>();
    return read.rows.flatMap((row) => {
      try {
        const made = makeRow(row);
        const earlier = lines.get(keyOf(made));
        if (earlier !== undefined) throw new make.RowFault('', `says again what line ${earlier} says`);
        lines.set(keyOf(made), row.line);
        return [made];
      } catch (error) {
        if (!(error instanceof make.RowFault)) throw error;
        problems.push({ file: table.file, line: row.line, column: error.column || null, message: error.message });
        return [];
      }
    });
  };

  const write = async <Row extends object>(
    table: tables.Table,
    entity: EntitySchema<Row>,
    rows: readonly Row[],
  ): Promise<void> => {
    const written = await writeRows(manager, entity, rows);
    const rejected = new Set(
      problems.filter(({ file, line }) => file === table.file && line > 1).map(({ line }) => line),
    ).size;
    files[table.file] = { ...written, rejected };
    logger.info({ file: table.file, ...files[table.file] }, `imported ${table.file}: ${summaryOf(files[table.file])}`);
  };

  const sources = new Map(
    rowsOf(
      tables.sources,
      ({ cells }) => cells,
      ({ id }) => id,
    ).map((source) => [source.id, source]),
  );
  const none = { sources, organisations: new Set<string>() };
  await write(
    tables.administrations,
    entities.organisation,
    rowsOf(tables.administrations, make.administrationRow(national, none), ({ id }) => id, national.nationalColumns),
  );
  await write(
    tables.consortia,
    entities.organisation,
    rowsOf(tables.consortia, make.consortiumRow(national, none), ({ id }) => id),
  );

  const ids: { id: string }[] = await manager.query('SELECT id FROM organisation');
  const references = { sources, organisations: new Set(ids.map(({ id }) => id)) };
  // The codes and figures of a body are written as a whole. A table with a fault takes nothing away: the row that is missing
  // may be the faulty one.
  const isFaultless = (table: tables.Table): boolean => problems.every(({ file }) => file !== table.file);
  const identifierRows = rowsOf(
    tables.identifiers,
    make.identifierRow(national, references),
    (row) => `${row.organisationId} ${row.scheme} ${row.notation}`,
  );
  if (isFaultless(tables.identifiers))
    await removeOthers(manager, entities.identifier, 'organisationId', identifierRows);
  await write(tables.identifiers, entities.identifier, identifierRows);
  const populationRows = rowsOf(
    tables.populations,
    make.populationRow(references),
    (row) => `${row.organisationId} ${row.onDate}`,
  );
  if (isFaultless(tables.populations))
    await removeOthers(manager, entities.population, 'organisationId', populationRows);
  await write(tables.populations, entities.population, populationRows);
  await write(
    tables.successions,
    entities.succession,
    rowsOf(tables.successions, make.successionRow(references), (row) => `${row.predecessorId} ${row.successorId}`),
  );
  await write(
    tables.memberships,
    entities.membership,
    rowsOf(tables.memberships, make.membershipRow(national, references), ({ id }) => id),
  );
  await write(
    tables.records,
    entities.record,
    rowsOf(tables.records, makeSolution.recordRow(national, references), ({ id }) => id),
  );
  await write(
    tables.portfolio,
    entities.portfolioEntry,
    rowsOf(tables.portfolio, makeSolution.portfolioRow(references), ({ id }) => id),
  );
  await write(
    tables.adoptions,
    entities.adoption,
    rowsOf(tables.adoptions, makeSolution.adoptionRow(national, references), ({ id }) => id),
  );
  await write(
    tables.claims,
    entities.claim,
    rowsOf(tables.claims, make.claimRow(references), ({ id }) => id),
  );
  await write(
    tables.completeness,
    entities.completeness,
    rowsOf(tables.completeness, make.completenessRow(national), (row) => `${row.kind} ${row.nuts}`),
  );
  for (const { file, line, column, message } of problems) {
    logger.warn(
      { file, line, column },
      `${file}, line ${line}${column === null ? '' : `, column ${column}`}: ${message}`,
    );
  }
  return { files, problems };
}

const summaryOf = (written: (Written & { rejected: number }) | undefined): string =>
  Object.entries(written ?? {})
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ') || 'no rows';

function digestOf(folder: string): string {
  const hash = createHash('sha256').update(String(importVersion));
  for (const { file } of allTables) {
    hash.update(`\n${file}\n`);
    const path = join(folder, file);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
