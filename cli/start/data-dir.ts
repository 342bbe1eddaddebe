import { mkdir } from 'node:fs/promises';

import { StartError } from './start-error.js';

/**
 * Makes sure that the folder DATA_DIR is there.
 *
 * @throws StartError when it cannot be made.
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new StartError(`DATA_DIR cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  });
}
