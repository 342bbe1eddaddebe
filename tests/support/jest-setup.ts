import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { type Cluster, startThrowawayCluster } from '../../cli/start/cluster.js';

declare global {
  var testCluster: Cluster | undefined;
}

/** One PostgreSQL for a whole run of tests: each test makes a database of its own in it. */
export default async function setUp(): Promise<void> {
  globalThis.testCluster = await startThrowawayCluster([], await placeForFiles());
  process.env['TEST_POSTGRES_URL'] = globalThis.testCluster.administratorUrl;
}

const memory = { folder: '/dev/shm', neededBytes: 4 * 2 ** 30 };

/** Hundreds of databases are made and dropped, each of hundreds of files: quicker in memory, where a system offers enough as a folder. */
async function placeForFiles(): Promise<string> {
  try {
    await access(memory.folder, constants.W_OK);
    const { bavail, bsize } = await statfs(memory.folder);
    return bavail * bsize >= memory.neededBytes ? memory.folder : tmpdir();
  } catch {
    return tmpdir();
  }
}
