import type { EntityManager } from 'typeorm';

import type { Database } from '../../../kit/database/database.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import * as entities from '../../model/entities.js';
import { type Batch, digestBatch } from './table-files.js';
import { type ImportReport, needsMissingPolicy } from './import-report.js';
import { startRun, findLastDigest, lockImports } from '../core/import-run.js';
import { toAdoptionRow, toPortfolioRow, toRecordRow } from './to-solution-rows.js';
import {
  toAdministrationRow,
  toClaimRow,
  toCompletenessRow,
  toConsortiumRow,
  toIdentifierRow,
  toMembershipRow,
  toPopulationRow,
  toSuccessionRow,
} from './to-rows.js';
import { createTableWriter, type TableWriter } from './table-writer.js';
import * as tables from './table-definitions.js';
import type { ImportOptions } from './import-options.js';

/** Increased when the import converts the same tables to other rows, so that unchanged tables are imported again. */
const importVersion = 3;

/** Rolls back a transaction that must not write anything. */
class Rollback extends Error {}

/**
 * Imports tables in one transaction and saves a report. Rows that cannot be used are reported and do not stop the import.
 * Importing the same tables again changes nothing.
 *
 * @returns null if this is a start and the last start imported the same tables.
 */
export async function importTables(
  national: NationalCatalogue,
  batch: Batch,
  { dataSource }: Pick<Database, 'dataSource'>,
  options: ImportOptions,
): Promise<ImportReport | null> {
  const digest = digestBatch(batch, importVersion);
  let report: ImportReport | null = null;
  await dataSource
    .transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await lockImports(manager);
      if (options.kind === 'START' && (await findLastDigest(manager)) === digest) return;
      const run = await startRun(manager, options.kind, digest);
      report = await importAll(national, manager, createTableWriter(national, batch, manager, run, options));
      if (options.dryRun === true || needsMissingPolicy(report)) throw new Rollback();
      // Updates the statistics of the query planner now; autovacuum would do so some time later.
      await manager.query(`ANALYZE ${[...writtenTables, 'change', 'imported_row'].join(', ')}`);
      await run.finish(report);
    })
    .catch((error: unknown) => {
      if (!(error instanceof Rollback)) throw error;
    });
  return report;
}

const writtenTables = entities.entities.map(({ options }) => options.name);

/** Imports table by table: each refers to those before it. */
async function importAll(
  national: NationalCatalogue,
  manager: EntityManager,
  { readRows, write, report }: TableWriter,
): Promise<ImportReport> {
  const idOf = ({ id }: { readonly id: string }): string => id;
  const sources = new Map(
    (await readRows(tables.sources, ({ cells }) => cells, idOf)).map((source) => [source.id, source]),
  );
  const sourcesOnly = { sources, organisations: new Set<string>() };
  await write(
    tables.administrations,
    entities.organisation,
    await readRows(tables.administrations, toAdministrationRow(national, sourcesOnly), idOf, national.nationalColumns),
  );
  await write(
    tables.consortia,
    entities.organisation,
    await readRows(tables.consortia, toConsortiumRow(national, sourcesOnly), idOf),
  );

  const ids: { id: string }[] = await manager.query('SELECT id FROM organisation');
  const references = { sources, organisations: new Set(ids.map(idOf)) };
  // The codes and figures of an organisation are replaced as a whole.
  await write(
    tables.identifiers,
    entities.identifier,
    await readRows(
      tables.identifiers,
      toIdentifierRow(national, references),
      (row) => `${row.organisationId} ${row.scheme} ${row.notation}`,
    ),
    'organisationId',
  );
  await write(
    tables.populations,
    entities.population,
    await readRows(tables.populations, toPopulationRow(references), (row) => `${row.organisationId} ${row.onDate}`),
    'organisationId',
  );
  await write(
    tables.successions,
    entities.succession,
    await readRows(tables.successions, toSuccessionRow(references), (row) => `${row.predecessorId} ${row.successorId}`),
  );
  await write(
    tables.memberships,
    entities.membership,
    await readRows(tables.memberships, toMembershipRow(national, references), idOf),
  );
  await write(tables.records, entities.record, await readRows(tables.records, toRecordRow(national, references), idOf));
  await write(
    tables.portfolio,
    entities.portfolioEntry,
    await readRows(tables.portfolio, toPortfolioRow(references), idOf),
  );
  await write(
    tables.adoptions,
    entities.adoption,
    await readRows(tables.adoptions, toAdoptionRow(national, references), idOf),
  );
  await write(tables.claims, entities.claim, await readRows(tables.claims, toClaimRow(references), idOf));
  await write(
    tables.completeness,
    entities.completeness,
    await readRows(tables.completeness, toCompletenessRow(national), (row) => `${row.kind} ${row.nuts}`),
  );
  return report();
}
