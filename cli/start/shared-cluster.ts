import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { administrator, clusterFolder, readPasswords } from './cluster-folder.js';
import { connectAsAdministrator } from './databases.js';
import { findPostmaster, isOrphan, stopPostmaster } from './postmaster.js';

/** The name under which the process that keeps a server stays connected to it: see postgres.ts. */
export const keeper = 'keeper';

/** By which the keeper of another runner is recognised, which may be in another folder. */
const keeperCommand = join('cli', 'start', 'postgres.js');

const timeoutMs = 15_000;
const intervalMs = 300;

/**
 * The port of the server that another runner has started on DATA_DIR, or undefined if there is none:
 * `npm run start:denmark` during a running `npm start` uses the server of the latter.
 *
 * A server without a keeper was left behind by a runner and a keeper that were killed together. It is stopped, also if it hangs.
 * The function waits for one that is just starting or stopping.
 */
export async function findSharedCluster(dataDir: string): Promise<number | undefined> {
  const { data } = clusterFolder(dataDir);
  const deadline = Date.now() + timeoutMs;
  let seenAlone = 0;
  for (;;) {
    const postmaster = await findPostmaster(data);
    if (postmaster === undefined || Date.now() > deadline) return undefined;
    // One that hangs cannot be queried, so the operating system is first.
    const kept = (await isOrphan(postmaster, keeperCommand)) ? false : await isKept(dataDir, postmaster.port);
    if (kept === true) return postmaster.port;
    // A keeper connects a moment after its server is up, so one look is not enough.
    seenAlone = kept === false ? seenAlone + 1 : 0;
    if (seenAlone > 3) await stopPostmaster(postmaster);
    await sleep(intervalMs);
  }
}

/** Stops the server on DATA_DIR if its keeper died without stopping it. */
export async function stopAbandoned(dataDir: string): Promise<void> {
  await findSharedCluster(dataDir);
}

/** Whether the server has a keeper; undefined if it cannot be queried. */
async function isKept(dataDir: string, port: number): Promise<boolean | undefined> {
  try {
    const passwordOf = await readPasswords(clusterFolder(dataDir));
    const client = await connectAsAdministrator(port, passwordOf(administrator));
    try {
      const keepers = await client.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [keeper]);
      return keepers.rowCount !== 0;
    } finally {
      await client.end();
    }
  } catch {
    return undefined;
  }
}
