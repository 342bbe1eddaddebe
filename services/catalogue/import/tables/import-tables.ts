import type { EntityManager } from 'typeorm';

import type { Database } from '../../../kit/database/database.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import * as entities from '../../model/entities.js';
import { type Batch, digestOf } from './table-files.js';
import { type ImportReport, isUndecided } from './import-report.js';
import { beginRun, lastDigest, waitForOthers } from '../core/import-run.js';
import * as makeSolution from './to-solution-rows.js';
import * as make from './to-rows.js';
import { createTableImport, type TableImport } from './table-writer.js';
import * as tables from './table-definitions.js';
import type { ImportOptions } from './import-options.js';

/** Counts up when the import makes other rows of the same tables, so that unchanged tables are read once more. */
const importVersion = 3;

/** Ends a transaction in which nothing was to be written. */
class Undo extends Error {}

/**
 * Imports tables in one transaction and keeps a report. Rows that cannot be used are reported and stop nothing else. The same
 * tables again change nothing.
 *
 * @returns null when these very tables were imported at the last start, and this is a start: nothing to do.
 */
export async function importTables(
  national: NationalCatalogue,
  batch: Batch,
  { dataSource }: Pick<Database, 'dataSource'>,
  options: ImportOptions,
): Promise<ImportReport | null> {
  const digest = digestOf(batch, importVersion);
  let report: ImportReport | null = null;
  await dataSource
    .transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await waitForOthers(manager);
      if (options.kind === 'START' && (await lastDigest(manager)) === digest) return;
      const run = await beginRun(manager, options.kind, digest);
      report = await importAll(national, manager, createTableImport(national, batch, manager, run, options));
      if (options.dryRun === true || isUndecided(report)) throw new Undo();
      // The planner learns of thousands of new rows now, not when the database finds the time.
      await manager.query(`ANALYZE ${[...written, 'change', 'imported_row'].join(', ')}`);
      await run.finish(report);
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return report;
}

const written = entities.entities.map(({ options }) => options.name);

/** Table by table: each refers to those before it. */
async function importAll(
  national: NationalCatalogue,
  manager: EntityManager,
  { rowsOf, write, report }: TableImport,
): Promise<ImportReport> {
  const idOf = ({ id }: { readonly id: string }): string => id;
  const sources = new Map(
    (await rowsOf(tables.sources, ({ cells }) => cells, idOf)).map((source) => [source.id, source]),
  );
  const none = { sources, organisations: new Set<string>() };
  await write(
    tables.administrations,
    entities.organisation,
    await rowsOf(tables.administrations, make.administrationRow(national, none), idOf, national.nationalColumns),
  );
  await write(
    tables.consortia,
    entities.organisation,
    await rowsOf(tables.consortia, make.consortiumRow(national, none), idOf),
  );

  const ids: { id: string }[] = await manager.query('SELECT id FROM organisation');
  const references = { sources, organisations: new Set(ids.map(idOf)) };
  // The codes and figures of a body are written as a whole.
  await write(
    tables.identifiers,
    entities.identifier,
    await rowsOf(
      tables.identifiers,
      make.identifierRow(national, references),
      (row) => `${row.organisationId} ${row.scheme} ${row.notation}`,
    ),
    'organisationId',
  );
  await write(
    tables.populations,
    entities.population,
    await rowsOf(tables.populations, make.populationRow(references), (row) => `${row.organisationId} ${row.onDate}`),
    'organisationId',
  );
  await write(
    tables.successions,
    entities.succession,
    await rowsOf(
      tables.successions,
      make.successionRow(references),
      (row) => `${row.predecessorId} ${row.successorId}`,
    ),
  );
  await write(
    tables.memberships,
    entities.membership,
    await rowsOf(tables.memberships, make.membershipRow(national, references), idOf),
  );
  await write(
    tables.records,
    entities.record,
    await rowsOf(tables.records, makeSolution.recordRow(national, references), idOf),
  );
  await write(
    tables.portfolio,
    entities.portfolioEntry,
    await rowsOf(tables.portfolio, makeSolution.portfolioRow(references), idOf),
  );
  await write(
    tables.adoptions,
    entities.adoption,
    await rowsOf(tables.adoptions, makeSolution.adoptionRow(national, references), idOf),
  );
  await write(tables.claims, entities.claim, await rowsOf(tables.claims, make.claimRow(references), idOf));
  await write(
    tables.completeness,
    entities.completeness,
    await rowsOf(tables.completeness, make.completenessRow(national), (row) => `${row.kind} ${row.nuts}`),
  );
  return report();
}
