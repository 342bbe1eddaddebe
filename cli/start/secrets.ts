import { createHmac, randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { makeDataDir } from './data-dir.js';
import type { Settings } from './settings.js';

/** Returns the secret of a subgraph's `/subgraph` endpoint, by the name of the subgraph. */
export type SecretOf = (name: string) => string;

/**
 * Secrets for the subgraphs whose operator set none: generated at the first start and the same at every later one, so that
 * processes that are started one by one accept one another.
 *
 * @throws StartError if DATA_DIR cannot be used.
 */
export async function openSecrets({ dataDir, subgraphs }: Pick<Settings, 'dataDir' | 'subgraphs'>): Promise<SecretOf> {
  if (subgraphs.every(({ secrets }) => secrets !== undefined)) return ephemeralSecrets;
  await makeDataDir(dataDir);
  return secretsFrom(await readOrCreate(join(dataDir, 'secret')));
}

/** Derived, so that a process that has one secret knows no other, and two runners can start with a new subgraph at once. */
const secretsFrom =
  (root: string): SecretOf =>
  (name) =>
    createHmac('sha256', root).update(name).digest('base64url');

/** Secrets that last as long as this process, for the processes that it starts and stops itself. */
export const ephemeralSecrets: SecretOf = secretsFrom(newRoot());

function newRoot(): string {
  return randomBytes(32).toString('base64url');
}

/** One random value, readable by its owner alone. The file appears complete or not at all; of two runners the first one makes it. */
async function readOrCreate(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, newRoot(), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}
