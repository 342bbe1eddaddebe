import { silentLogger as logger } from '../../kit/testing/silent-logger.js';
import { copyServiceDatabase, type DatabaseUrls } from '../../kit/testing/database-copies.js';
import type { ServiceDatabase } from '../../kit/testing/databases.js';
import { bundledTables } from '../import/tables/import-dir.js';
import { type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { openCatalogue } from '../open-catalogue.js';

/** Tables to fill a catalogue with. */
export interface FillingTables {
  /** Distinguishes them from others of the same country. */
  readonly name: string;
  /** Called once in a run of tests. `remove` is called after they are imported. */
  readonly open: (country: string) => { readonly folder: string; readonly remove?: () => void };
}

/**
 * Creates a database in the state after the first start of a catalogue: its tables are imported, once in a run of tests.
 *
 * @param tables default: the country's own.
 */
export async function copyFilledCatalogue(
  national: NationalCatalogue,
  tables?: FillingTables,
): Promise<ServiceDatabase> {
  const catalogue = resolveCatalogue(national);
  const name = catalogue.country.folder;
  const fill = async ({ url, serviceUrl }: DatabaseUrls): Promise<void> => {
    const { folder, remove } = tables?.open(name) ?? { folder: bundledTables(catalogue) };
    try {
      const options = { databaseUrl: serviceUrl, migrationUrl: url, tables: folder, logger };
      await (await openCatalogue(catalogue, options)).close();
    } finally {
      remove?.();
    }
  };
  return copyServiceDatabase(name, fill, tables?.name ?? 'whole');
}
