import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';

import pg from 'pg';

import { type Cluster, startThrowawayCluster } from '../../cli/start/cluster.js';
import { projectPath } from '../../schema/files.js';
import { withNodeOptions } from './node-options.js';

declare global {
  var testCluster: Cluster | undefined;
}

/**
 * Starts one PostgreSQL for a whole run of tests, in which each test creates its own database. `TEST_POSTGRES_URL` names another one,
 * such as the oldest supported version, by the address of a superuser.
 */
export default async function setUp(): Promise<void> {
  // The workers and all processes that tests start inherit it.
  process.env['NODE_OPTIONS'] = withNodeOptions(
    `--import ${pathToFileURL(projectPath('tests/support/optimise-late.mjs')).href}`,
  );
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return;
  globalThis.testCluster = await startThrowawayCluster([], { place: await findDataFolder() });
  process.env['TEST_POSTGRES_URL'] = globalThis.testCluster.administratorUrl;
  await disableAutovacuum(globalThis.testCluster);
}

/** It would visit each of hundreds of short-lived databases every minute. */
async function disableAutovacuum({ administratorUrl }: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  await client.query('ALTER SYSTEM SET autovacuum = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

const memory = { folder: '/dev/shm', neededBytes: 4 * 2 ** 30 };

/** Tests create and drop hundreds of databases with hundreds of files each: this is faster in memory, if the system offers enough of it as a folder. */
async function findDataFolder(): Promise<string> {
  try {
    await access(memory.folder, constants.W_OK);
    const { bavail, bsize } = await statfs(memory.folder);
    return bavail * bsize >= memory.neededBytes ? memory.folder : tmpdir();
  } catch {
    return tmpdir();
  }
}
