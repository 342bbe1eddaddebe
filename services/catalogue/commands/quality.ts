import { parseArgs } from 'node:util';

import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { today } from '../../shared/dates.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { checkReportPath, writeReport } from './report-file.js';
import { openCatalogue } from '../open-catalogue.js';
import { reportQuality } from '../quality/report.js';
import { summariseQuality } from './quality-summary.js';

/** How the command is used; `country` stands for the country's folder. */
export const usage = (
  country: string,
): string => `Looks a catalogue over, and writes nothing: bodies without a code, doubtful dates, what cannot all be true, names
that were not matched, contracts that ended, records without a licence, stale adoptions and more, each with its ids.

  npm run quality -- ${country}                  the first ten of each
  npm run quality -- ${country} --report q.json  the first thousand of each, for machines

Exit codes: 0 whatever was found; 1 the database or the configuration is at fault; 2 the command line is.`;

/** The quality command of one country. */
export async function runQuality(
  national: NationalCatalogue,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const { folder } = catalogue.country;
  const asked = readArguments(args);
  if (typeof asked === 'string') {
    console.error(asked);
    process.exitCode = 2;
  } else if (asked.help) {
    console.log(usage(folder));
  } else {
    await report(catalogue, asked.report).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    });
  }
}

/** What the command line asks for, or what is wrong with it. */
function readArguments(args: readonly string[]): { help: boolean; report: string | undefined } | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { report: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.report !== undefined) checkReportPath(values.report);
    return { help: values.help ?? false, report: values.report };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
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
    console.log(summariseQuality(quality));
  } finally {
    await database.close();
  }
}
