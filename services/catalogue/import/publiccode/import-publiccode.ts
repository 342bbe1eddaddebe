import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { EntityManager, EntitySchema } from 'typeorm';

import type { Database } from '../../../kit/database/database.js';
import { type Day, today } from '../../../shared/dates.js';
import * as entities from '../../model/entities.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { AdoptionRow, RecordColumns } from '../../model/rows.js';
import { type FileOfRow, startRun } from '../core/import-run.js';
import { findEditedRows } from '../core/manual-edits.js';
import { partition, toCounts, upsertRows, type UpsertResult } from '../core/upsert-rows.js';
import type { MissingPolicy } from '../tables/missing-rows.js';
import type { FoundFiles } from './find-files.js';
import { compareWithEarlier } from './find-moved.js';
import { findDisappeared, handleDisappeared } from './handle-disappeared.js';
import { type ParsedFile, parseFile } from './parse-files.js';
import { planFiles } from './plan-files.js';
import { type MovedPolicy, needsPolicy, type PubliccodeReport } from './publiccode-report.js';
import { loadCatalogue } from './stored-catalogue.js';
import { type ImportControl, inImportTransaction } from '../core/import-transaction.js';

interface PubliccodeOptions extends ImportControl {
  readonly dryRun: boolean;
  /** What to do with what disappeared. Null: not chosen, so nothing is written if something did. */
  readonly missing?: MissingPolicy | null;
  /** How many records, and how many adoptions, may end. Default: see `findExcess`. */
  readonly maxEnded?: number | undefined;
  /** What to do with repositories that seem to have moved. Null: not chosen, so their files are not imported. */
  readonly moved?: MovedPolicy | null;
  /** The end date (exclusive) of adoptions that disappeared; today by default. */
  readonly on?: Day;
  /** Whether rows that an editor has changed are overwritten too. */
  readonly overwriteEdits?: boolean;
  /** Called with the progress. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Imports publiccode.yml files as records and adoptions, in one transaction, and saves a report. All usable parts of a file are
 * imported, with an issue for each deviation from the standard; an invalid file does not stop the others. A file with a syntax
 * error does not change an existing record. Importing the same files again changes nothing.
 *
 * A file replaces the record of its address if the catalogue has one. Users are matched by name to this country's
 * administrations; an ambiguous name is not matched, and the report has its candidates. What the files stated before and no
 * longer state is reported, and kept or ended.
 */
export async function importPubliccode(
  national: NationalCatalogue,
  found: FoundFiles,
  { dataSource }: Pick<Database, 'dataSource'>,
  options: PubliccodeOptions,
): Promise<PubliccodeReport> {
  return inImportTransaction(dataSource, options, async (manager) => {
    const report = await importFiles(national, found, manager, options);
    return { result: report, commit: !options.dryRun && !needsPolicy(report) };
  });
}

async function importFiles(
  national: NationalCatalogue,
  found: FoundFiles,
  manager: EntityManager,
  {
    dryRun,
    missing = null,
    maxEnded,
    moved = null,
    on = today(),
    overwriteEdits = false,
    onProgress,
    signal,
  }: PubliccodeOptions,
): Promise<PubliccodeReport> {
  const stored = await loadCatalogue(manager, on);
  // A file that an earlier import read is one still, even if it no longer declares a version.
  const earlierPaths = new Set(stored.records.map(({ file }) => file));
  const [known, others] = partition(found.others, ({ path }) => earlierPaths.has(resolve(path)));
  const chosen = [...found.files, ...known];
  const hash = createHash('sha256');
  const files: ParsedFile[] = [];
  for (const [index, file] of chosen.entries()) {
    onProgress?.(index, chosen.length);
    files.push(parseFile(file, (bytes) => hash.update(`\n${file.path}\n`).update(bytes)));
    // Ctrl-C is received between two turns of the event loop; reading thousands of files takes many seconds.
    await nextTurn();
    signal?.throwIfAborted();
  }
  onProgress?.(files.length, files.length);
  const run = await startRun(manager, 'PUBLICCODE', hash.digest('hex'));
  const earlier = compareWithEarlier(national, stored, found, files);
  const plan = planFiles(national, stored, earlier, files, moved);

  const findEdited = async <Row extends object>(
    entity: EntitySchema<Row>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, boolean>> =>
    overwriteEdits ? new Map<string, boolean>() : findEditedRows(manager, entity, ids);
  const write = <Row extends object>(entity: EntitySchema<Row>, rows: readonly Row[]): Promise<UpsertResult> =>
    upsertRows(manager, entity, rows, { findEdited: (ids) => findEdited(entity, ids) });
  const records = await write<RecordColumns>(entities.record, plan.records);
  await run.recordRows(
    records,
    new Map(plan.imported.map(({ recordId, source }): [string, FileOfRow] => [recordId, source])),
  );
  const adoptions = await write<AdoptionRow>(entities.adoption, plan.adoptions);
  await run.recordRows(adoptions);

  const outcome = await handleDisappeared(manager, findDisappeared(stored, earlier, plan.imported), {
    missing,
    maxEnded,
    on,
    findEdited,
  });
  const report: PubliccodeReport = {
    dryRun,
    missing,
    on,
    records: toCounts(records),
    adoptions: toCounts(adoptions),
    edited: [...records.edited, ...adoptions.edited],
    files: plan.reports,
    problems: found.problems,
    others: others.length,
    moved: plan.moved,
    ...outcome,
  };
  await run.finish(report);
  return report;
}
