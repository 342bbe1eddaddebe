import { mkdir } from 'node:fs/promises';

import { StartError } from './start-error.js';

/**
 * Creates the folder DATA_DIR unless it exists.
 *
 * @throws StartError if it cannot be created.
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new StartError(`DATA_DIR cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  });
}
