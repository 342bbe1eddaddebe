import { join } from 'node:path';

import { z } from 'zod';

import { projectPath } from '../../../../schema/files.js';
import { readConfig } from '../../../kit/config/config.js';
import { countryOf, type NationalCatalogue } from '../../model/national-catalogue.js';
import { findBatch } from './table-files.js';

/** Where the tables are that come with the country. */
export const bundledTables = (national: NationalCatalogue): string =>
  national.home ? join(national.home.folder, 'data') : projectPath(`services/${countryOf(national).folder}/data`);

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
export function readTablesSetting(national: NationalCatalogue, environment: NodeJS.ProcessEnv): string | null {
  const variable = `${countryOf(national).folder.toUpperCase()}_TABLES`;
  const config: Record<string, unknown> = readConfig(
    { [variable]: setting.default(bundledTables(national)) },
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
