import type { Database } from '../../../kit/database/database.js';
import { today } from '../../../shared/dates.js';
import type { Logger } from '../../../kit/observability/logger.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { openFolder } from './table-files.js';
import { type ImportReport, formatCounts } from './import-report.js';
import { importTables } from './import-tables.js';

/**
 * Imports the tables in a folder unless they are those of the last start. What vanished from a table stays: nobody is there to
 * choose.
 *
 * @returns null when there was nothing to do.
 */
export async function importAtStart(
  national: NationalCatalogue,
  folder: string,
  database: Pick<Database, 'dataSource'>,
  logger: Logger,
): Promise<ImportReport | null> {
  const report = await importTables(national, openFolder(folder), database, {
    kind: 'START',
    missing: 'keep',
    on: today(),
    onTable: (file, counts) => {
      logger.info({ file, ...counts }, `imported ${file}: ${formatCounts(counts)}`);
    },
  });
  if (!report) logger.info('the tables are as imported before');
  for (const { file, line, column, message } of [...(report?.problems ?? []), ...(report?.contradictions ?? [])]) {
    logger.warn(
      { file, line, column },
      `${file}, line ${line}${column === null ? '' : `, column ${column}`}: ${message}`,
    );
  }
  return report;
}
