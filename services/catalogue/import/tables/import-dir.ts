import { join } from 'node:path';

import { z } from 'zod';

import { projectPath } from '../../../../schema/files.js';
import { parseSettings } from '../../../kit/config/config.js';
import type { Catalogue } from '../../model/national-catalogue.js';
import { findBatch } from './table-files.js';

/** The folder of the tables that are delivered with the country. */
export const bundledTables = ({ country, home }: Catalogue): string =>
  home ? join(home.folder, 'data') : projectPath(`services/${country.folder}/data`);

/** The setting of a country's import folder; null means `none`. */
export const importDir = (prefix: string) =>
  z
    .string()
    .refine(
      (value) => value === 'none' || containsTables(value),
      'must be a folder with tables of a catalogue (administrations.csv, …), or none',
    )
    .transform((value) => (value === 'none' ? null : value))
    .optional()
    .meta({
      variable: `${prefix}_IMPORT_DIR`,
      renamedFrom: `${prefix}_TABLES`,
      description: 'A folder with tables of a catalogue that are imported at startup, or `none`.',
      defaultText: 'the country’s own tables',
    });

/**
 * The folder of the tables that are imported at startup, from the environment; null imports none.
 *
 * @throws ConfigError naming the variable.
 */
export function readImportDir(catalogue: Catalogue, environment: NodeJS.ProcessEnv): string | null {
  const { folder } = parseSettings({ folder: importDir(catalogue.country.folder.toUpperCase()) }, environment);
  return folder === undefined ? bundledTables(catalogue) : folder;
}

function containsTables(folder: string): boolean {
  try {
    return findBatch([folder]) !== null;
  } catch {
    return false;
  }
}
