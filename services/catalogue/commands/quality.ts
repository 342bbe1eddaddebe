import { type Cli, runCli } from '../../kit/cli.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { today } from '../../shared/dates.js';
import { toPrintable } from '../../kit/printable.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { parseReportPath, writeReport } from './report-file.js';
import { openCatalogue } from '../open-catalogue.js';
import { reportQuality } from '../quality/report.js';
import { summariseQuality } from './quality-summary.js';

/** The options as they are typed. */
interface QualityCommandLine {
  readonly report?: string;
}

/** How the command of one country is used; `country` is its folder. */
export const qualityUsage = (country: string): Omit<Cli<QualityCommandLine>, 'run'> => ({
  description: `Reports data-quality issues of a catalogue, and writes nothing: organisations without a code, doubtful dates,
contradictions, names that were not matched, contracts that ended, records without a licence, stale adoptions and more, each
with its ids.`,
  examples: [
    [`npm run quality -- ${country}`, 'the first ten of each issue'],
    [`npm run quality -- ${country} --report q.json`, 'the first thousand of each, as JSON'],
  ],
  define: (command) => {
    command.option('--report <file>', 'write the whole report as JSON', parseReportPath);
  },
  notes:
    'Exit code: 0 with or without issues, 1 the database or the configuration is wrong, 2 the command line is wrong.',
});

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
