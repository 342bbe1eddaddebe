import { type Cli, runCli } from '../../kit/cli.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { today } from '../../shared/dates.js';
import { toPrintable } from '../../kit/printable.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { type QualityCommandLine, qualityUsage } from './quality-arguments.js';
import { writeReport } from './report-file.js';
import { openCatalogue } from '../open-catalogue.js';
import { reportQuality } from '../quality/report.js';
import { summariseQuality } from './quality-summary.js';

/** The quality command of one country. */
export async function runQuality(national: NationalCatalogue, args?: readonly string[]): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const cli: Cli<QualityCommandLine> = {
    ...qualityUsage(catalogue.country.folder),
    run: async ({ report: path }) => {
      await report(catalogue, path);
      return 0;
    },
    exitCodeFor: () => 1,
  };
  process.exitCode = await runCli(cli, args);
}

async function report(catalogue: Catalogue, path: string | undefined): Promise<void> {
  const { folder } = catalogue.country;
  const database = await openCatalogue(catalogue, {
    ...readDatabaseSettings(folder.toUpperCase(), process.env),
    logger: createLogger(folder),
    tables: null,
  });
  try {
    const quality = await reportQuality(catalogue, database, today());
    if (path !== undefined) writeReport(path, quality);
    console.log(toPrintable(summariseQuality(quality)));
  } finally {
    await database.close();
  }
}
