import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a cluster keeps what, under the folder DATA_DIR. */
export interface ClusterFolder {
  /** All of it. Appears complete or not at all. */
  readonly root: string;
  /** PostgreSQL's own files. */
  readonly data: string;
  readonly secret: string;
  readonly log: string;
}

/** The role that administers the cluster. */
export const administrator = 'postgres';

export function clusterFolder(dataDir: string, name = 'postgres'): ClusterFolder {
  const root = join(dataDir, name);
  return { root, data: join(root, 'data'), secret: join(root, 'secret'), log: join(root, 'server.log') };
}

/** Makes the folder and its secret: one random value, readable by its owner alone. */
export async function createFolder(folder: ClusterFolder): Promise<void> {
  await mkdir(folder.root, { recursive: true });
  await writeFile(folder.secret, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
}

/**
 * The password of each role, derived from the cluster's secret.
 *
 * Derived and not stored, so that the file never changes: two runners may add a country's role at the same time.
 */
export async function readPasswords(folder: ClusterFolder): Promise<(role: string) => string> {
  const secret = await readFile(folder.secret, 'utf8');
  return (role) => createHmac('sha256', secret).update(role).digest('base64url');
}

/** The address of a database, for the role of that name. */
export const databaseUrl = (port: number, role: string, password: string, database = role): string =>
  `postgres://${role}:${password}@127.0.0.1:${String(port)}/${database}`;
