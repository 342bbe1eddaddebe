import { join } from 'node:path';

import { z } from 'zod';

import { projectPath } from '../../../../schema/files.js';
import { readConfig } from '../../../kit/config/config.js';
import type { Catalogue } from '../../model/national-catalogue.js';
import { findBatch } from './table-files.js';

/** Where the tables are that come with the country. */
export const bundledTables = ({ country, home }: Catalogue): string =>
  home ? join(home.folder, 'data') : projectPath(`services/${country.folder}/data`);

const setting = z
  .string()
  .refine(
    (value) => value === 'none' || holdsTables(value),
    'must be a folder with tables of a catalogue (administrations.csv, …), or none',
  )
  .transform((value) => (value === 'none' ? null : value));

/**
 * Which tables a start imports, by `<COUNTRY>_TABLES`: a folder, or `none`. By default those that come with the project.
 *
 * @throws ConfigError naming the variable.
 */
export function readTablesSetting(catalogue: Catalogue, environment: NodeJS.ProcessEnv): string | null {
  const variable = `${catalogue.country.folder.toUpperCase()}_TABLES`;
  const config: Record<string, unknown> = readConfig(
    { [variable]: setting.default(bundledTables(catalogue)) },
    environment,
  );
  return config[variable] as string | null;
}

function holdsTables(folder: string): boolean {
  try {
    return findBatch([folder]) !== null;
  } catch {
    return false;
  }
}
