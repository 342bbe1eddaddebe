import type { EntityManager } from 'typeorm';

import type { Database } from '../../../kit/database/database.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import * as entities from '../../model/entities.js';
import { type Batch, digestBatch } from './table-files.js';
import { type ImportReport, needsDecision } from './import-report.js';
import { startRun, findLastDigest } from '../core/import-run.js';
import { inImportTransaction } from '../core/import-transaction.js';
import { analyzeTables } from '../core/upsert-rows.js';
import { toContractRow, toFeeRow, toTermsRow } from './to-terms-rows.js';
import { toAdoptionRow, toPortfolioRow, toRecordRow } from './to-solution-rows.js';
import { toCodeListRow, toCodeRow, toMappingRow, toNeedHolderRow, toNeedRow } from './to-need-rows.js';
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
import type { References } from './row-checks.js';
import { createTableWriter, type TableWriter } from './table-writer.js';
import * as tables from './table-definitions.js';
import type { ImportOptions } from './import-options.js';

/** Increased when the import converts the same tables to other rows, so that unchanged tables are imported again. */
const importVersion = 6;

/**
 * Imports tables in one transaction and saves a report. Rows that cannot be used are reported and do not stop the import.
 * Importing the same tables again changes nothing.
 *
 * @returns null if this is a start and the last start imported the same tables.
 * @throws ImportInterruptedError, ImportBusyError
 */
export async function importTables(
  national: NationalCatalogue,
  batch: Batch,
  { dataSource }: Pick<Database, 'dataSource'>,
  options: ImportOptions,
): Promise<ImportReport | null> {
  const digest = digestBatch(batch, importVersion);
  const isKnown = async (manager: Pick<EntityManager, 'query'>): Promise<boolean> =>
    options.kind === 'START' && (await findLastDigest(manager)) === digest;
  // A start with the same tables does not wait for an import.
  if (await isKnown(dataSource.manager)) return null;
  return inImportTransaction(dataSource, options, async (manager) => {
    if (await isKnown(manager)) return { result: null, commit: false };
    const run = await startRun(manager, options.kind, digest);
    const report = await importAll(national, manager, createTableWriter(national, batch, manager, run, options));
    const commit = options.dryRun !== true && !needsDecision(report);
    if (commit) {
      options.onStep?.('updating the statistics of the tables');
      await analyzeTables(manager, [...writtenTables, 'change', 'imported_row']);
      await run.finish(report);
    }
    return { result: report, commit };
  });
}

const writtenTables = entities.entities.map(({ options }) => options.name);

/** Imports table by table: each refers to those before it. */
async function importAll(
  national: NationalCatalogue,
  manager: EntityManager,
  { readRows, importRows, write, report }: TableWriter,
): Promise<ImportReport> {
  const sources = new Map(
    (await readRows(tables.sources, ({ cells }) => cells, idOf)).map((source) => [source.id, source]),
  );
  const sourcesOnly = { sources, organisations: new Set<string>() };
  await importRows(
    tables.administrations,
    entities.organisation,
    toAdministrationRow(national, sourcesOnly),
    idOf,
    national.nationalColumns,
  );
  await importRows(tables.consortia, entities.organisation, toConsortiumRow(national, sourcesOnly), idOf);

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
    ofOrganisation,
  );
  await write(
    tables.populations,
    entities.population,
    await readRows(tables.populations, toPopulationRow(references), (row) => `${row.organisationId} ${row.onDate}`),
    ofOrganisation,
  );
  await importRows(
    tables.successions,
    entities.succession,
    toSuccessionRow(references),
    (row) => `${row.predecessorId} ${row.successorId}`,
  );
  await importRows(tables.memberships, entities.membership, toMembershipRow(national, references), idOf);
  await importCodes(national, manager, sourcesOnly, { importRows });
  await importRows(tables.records, entities.record, toRecordRow(national, references), idOf);
  await importRows(tables.portfolio, entities.portfolioEntry, toPortfolioRow(references), idOf);
  await importRows(tables.adoptions, entities.adoption, toAdoptionRow(national, references), idOf);
  await importRows(tables.claims, entities.claim, toClaimRow(references), idOf);
  await importTerms(national, manager, references, { readRows, importRows, write });
  await importRows(
    tables.completeness,
    entities.completeness,
    toCompletenessRow(national),
    (row) => `${row.kind} ${row.nuts}`,
  );
  await importNeeds(national, manager, references, { importRows });
  return report();
}

const ofOrganisation = { property: 'organisationId', entity: entities.organisation } as const;

const idOf = ({ id }: { readonly id: string }): string => id;

async function importCodes(
  national: NationalCatalogue,
  manager: EntityManager,
  references: Pick<References, 'sources'>,
  { importRows }: Pick<TableWriter, 'importRows'>,
): Promise<void> {
  await importRows(tables.codeLists, entities.codeList, toCodeListRow(national, references), idOf);
  const known: { scheme: string }[] = await manager.query('SELECT scheme FROM code_list');
  const toCode = toCodeRow(national, references, new Set(known.map(({ scheme }) => scheme)));
  await importRows(tables.codes, entities.code, toCode, idOf);
  await importRows(tables.mappings, entities.codeMapping, toMappingRow(national, references), idOf);
}

async function importNeeds(
  national: NationalCatalogue,
  manager: EntityManager,
  references: References,
  { importRows }: Pick<TableWriter, 'importRows'>,
): Promise<void> {
  await importRows(tables.needs, entities.need, toNeedRow(national, references), idOf);
  const known: { id: string }[] = await manager.query('SELECT id FROM need');
  const toHolder = toNeedHolderRow(national, references, new Set(known.map(idOf)));
  await importRows(tables.needHolders, entities.needHolder, toHolder, idOf);
}

async function importTerms(
  national: NationalCatalogue,
  manager: EntityManager,
  references: References,
  { readRows, importRows, write }: Omit<TableWriter, 'report'>,
): Promise<void> {
  const terms = await importRows(tables.terms, entities.terms, toTermsRow(national, references), idOf);
  const stored: { id: string }[] = await manager.query('SELECT id FROM terms');
  // Also those that an editor withdrew, whose fees are left out with them.
  const toFee = toFeeRow(national, references, new Set([...stored, ...terms].map(idOf)));
  // The fees of terms are replaced as a whole.
  await write(tables.fees, entities.fee, await readRows(tables.fees, toFee, idOf), {
    property: 'termsId',
    entity: entities.terms,
    isEditedAsWhole: true,
  });
  await importRows(tables.contracts, entities.contract, toContractRow(national, references), idOf);
}
