import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { ConfigError } from '../../kit/config.js';
import { readDatabaseSettings } from '../../kit/database-settings.js';
import { createLogger } from '../../kit/log.js';
import { countryOf, type NationalCatalogue } from '../country.js';
import { openCatalogue } from '../start.js';
import { importPubliccode } from './import-publiccode.js';
import { findPubliccodeFiles } from './publiccode-files.js';
import { summarise } from './publiccode-summary.js';

/** How the command is used; `country` stands for the country's folder. */
export const usage = (country: string): string => `Imports publiccode.yml files into a catalogue.

  npm run import -- ${country} publiccode.yml              one file
  npm run import -- ${country} checkouts/                  every .yml and .yaml in a folder
  npm run import -- ${country} list.csv                    a list: file[,repository][,observed_on]
  npm run import -- ${country} checkouts/ --dry-run        say what would happen, and write nothing
  npm run import -- ${country} checkouts/ --report r.json  keep the whole report, for machines

Files of any version from 0.1 to 0.7 are read; what can be saved of a file is saved, and each departure from the standard is
reported. The same files again change nothing.`;

/** The import command of one country. Ends with exit code 0 when it ran, whatever the files were; 1 or 2 when it could not. */
export async function runImport(
  national: NationalCatalogue,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const { folder } = countryOf(national);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, report: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      print(usage(folder));
      return;
    }
    if (positionals.length === 0) {
      refuse(`Name files, folders or lists to import.\n\n${usage(folder)}`, 2);
      return;
    }
    const files = findPubliccodeFiles(positionals);
    const database = await openCatalogue(national, {
      ...readDatabaseSettings(folder.toUpperCase(), process.env),
      logger: createLogger(folder),
    });
    try {
      const report = await importPubliccode(national, files, database, {
        dryRun: values['dry-run'] ?? false,
        onProgress: tellProgress(),
      });
      if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`);
      print(summarise(report));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    refuse(error.message, error instanceof ConfigError ? 1 : 2);
  }
}

const print = (text: string): void => {
  console.log(text);
};

function refuse(message: string, code: number): void {
  console.error(message);
  process.exitCode = code;
}

/** A line every two seconds while there is more to do. */
function tellProgress(): (done: number, of: number) => void {
  let last = Date.now();
  return (done, of) => {
    if (done === of || Date.now() - last < 2000) return;
    last = Date.now();
    console.error(`${done} of ${of} files …`);
  };
}
