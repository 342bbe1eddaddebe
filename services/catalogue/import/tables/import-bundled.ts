import type { Database } from '../../../kit/database/database.js';
import { today } from '../../../shared/dates.js';
import type { Logger } from '../../../kit/observability/logger.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { openFolder } from './table-files.js';
import { type ImportReport, formatCounts } from './import-report.js';
import { showProgress } from '../core/progress.js';
import { importTables } from './import-tables.js';

/** How often a start that imports logs its progress. */
const progressIntervalMs = 10_000;

/**
 * Imports the tables of a folder unless the last start imported the same. Rows that are missing from a table stay, since no
 * user can choose a policy at a start.
 *
 * @returns null if there was nothing to import.
 */
export async function importAtStart(
  national: NationalCatalogue,
  folder: string,
  database: Pick<Database, 'dataSource'>,
  logger: Logger,
): Promise<ImportReport | null> {
  const progress = showProgress((step) => {
    logger.info(`importing tables: ${step}`);
  }, progressIntervalMs);
  const report = await importTables(national, openFolder(folder), database, {
    kind: 'START',
    missing: 'keep',
    on: today(),
    onStep: progress.onStep,
  }).finally(progress.stop);
  // After the transaction is committed: until then nothing is imported.
  for (const [file, counts] of Object.entries(report?.files ?? {}))
    logger.info({ file, ...counts }, `imported ${file}: ${formatCounts(counts)}`);
  if (!report) logger.info('the tables have not changed since the last import');
  for (const { file, line, column, message } of [
    ...(report?.problems ?? []),
    ...(report?.suspicious ?? []),
    ...(report?.contradictions ?? []),
  ]) {
    logger.warn(
      { file, line, column },
      `${file}, line ${line}${column === null ? '' : `, column ${column}`}: ${message}`,
    );
  }
  return report;
}
