import { createHmac, randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { makeDataDir } from './data-dir.js';
import type { Settings } from './settings.js';

/** Gives each subgraph, by its name, the secret that opens its `/subgraph`. */
export type SecretOf = (name: string) => string;

/**
 * Secrets for the subgraphs that the operator has given none: made at the first start, and the same ever after, so that
 * processes that are started one by one know one another.
 *
 * @throws StartError when DATA_DIR cannot be used.
 */
export async function openSecrets({ dataDir, subgraphs }: Pick<Settings, 'dataDir' | 'subgraphs'>): Promise<SecretOf> {
  if (subgraphs.every(({ secrets }) => secrets !== undefined)) return passingSecrets;
  await makeDataDir(dataDir);
  return secretsFrom(await readOrCreate(join(dataDir, 'secret')));
}

/** Derived, so that who has one knows no other, and two runners can come at once to whatever subgraph is new. */
const secretsFrom =
  (root: string): SecretOf =>
  (name) =>
    createHmac('sha256', root).update(name).digest('base64url');

/** Secrets that live as long as this process, for what it starts and stops itself. */
export const passingSecrets: SecretOf = secretsFrom(newRoot());

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
