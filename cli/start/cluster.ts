import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { defaultServiceRole } from '../../services/kit/config/database-settings.js';
import { childEnvironment } from './child-environment.js';
import { administrator, clusterFolder, databaseUrl, readPasswords } from './cluster-folder.js';
import { ensureDatabases } from './databases.js';
import { keepRunning } from './keep-running.js';
import { scriptOf } from './paths.js';
import { freePort } from './ports.js';
import { type Child, startProcess } from './processes.js';
import { stopAbandoned } from './shared-cluster.js';
import { StartError } from './start-error.js';

export interface ClusterOptions {
  readonly dataDir: string;
  readonly port: number;
  /** The databases to have, each with a role of its name that owns it and one for its service. */
  readonly databases: readonly string[];
  /** False for tests: faster, lost with the power, and DATA_DIR is removed at the end. */
  readonly durable?: boolean;
  /** PostgreSQL's `shared_buffers`, for large databases. */
  readonly sharedBuffers?: string | undefined;
  readonly onLine?: (line: string) => void;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

/** A running PostgreSQL with its databases. */
export interface Cluster {
  /** The address of a database, with its owner's name and password. */
  readonly url: (name: string) => string;
  /** The same for the role of its service, which reads and writes rows and cannot change the schema. */
  readonly serviceUrl: (name: string) => string;
  /** The address of the database `postgres`, for the one role that may do everything. */
  readonly administratorUrl: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL on the files in DATA_DIR, which are created if they do not exist.
 * It stops with this process, however this process ends. If it stops by itself, it is started again, unless it is for tests.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, port, durable = true, sharedBuffers, onLine = () => undefined, signal } = options;
  const args = [dataDir, String(port), durable ? 'durable' : 'throwaway', ...(sharedBuffers ? [sharedBuffers] : [])];
  const env = withoutPostgresVariables(childEnvironment(process.env, {}));
  const start = (): Child =>
    startProcess({ name: 'postgres', script: scriptOf('cli', 'start', 'postgres'), args, env }, onLine);
  const server = start();
  try {
    await isReady(server, signal);
    const opened = await openCluster(options, port);
    const stopping = new AbortController();
    if (!durable) return { ...opened, stop: () => stopServer(server, dataDir) };
    const kept = keepRunning(server, {
      restart: async () => {
        await stopAbandoned(dataDir);
        return start();
      },
      onEnd: (how, delayMs) => {
        onLine(`PostgreSQL stopped (${how}); it starts again in ${delayMs / 1000} s`);
      },
      signal: stopping.signal,
    });
    const stop = async (): Promise<void> => {
      stopping.abort();
      await kept.over;
      await stopServer(kept.current(), dataDir);
    };
    return { ...opened, stop };
  } catch (error) {
    await stopServer(server, dataDir);
    throw error;
  }
}

/** Uses the server that another runner keeps and stops. */
export async function joinCluster(options: ClusterOptions, port: number): Promise<Cluster> {
  return { ...(await openCluster(options, port)), stop: () => Promise.resolve() };
}

/**
 * A cluster for tests: in a folder of its own, on a free port, gone without a trace after `stop()`
 * or when this process ends.
 *
 * @param options.place where its folder is made.
 * @param options.sharedBuffers PostgreSQL's `shared_buffers`, for large databases.
 * @example
 * const cluster = await startThrowawayCluster(['denmark']);
 * process.env['DENMARK_DATABASE_URL'] = cluster.serviceUrl('denmark');
 */
export async function startThrowawayCluster(
  databases: readonly string[],
  { place = tmpdir(), sharedBuffers }: { readonly place?: string; readonly sharedBuffers?: string } = {},
): Promise<Cluster> {
  const dataDir = join(place, `reuse-graph-${randomBytes(6).toString('hex')}`);
  return startCluster({ dataDir, port: await freePort(), databases, durable: false, sharedBuffers });
}

async function openCluster({ dataDir, databases }: ClusterOptions, port: number) {
  const passwordOf = await readPasswords(clusterFolder(dataDir));
  await ensureDatabases(port, databases, passwordOf);
  return {
    url: (name: string) => databaseUrl(port, name, passwordOf(name)),
    serviceUrl: (name: string) =>
      databaseUrl(port, defaultServiceRole(name), passwordOf(defaultServiceRole(name)), name),
    administratorUrl: databaseUrl(port, administrator, passwordOf(administrator)),
  };
}

/** Waits for the message of the process: `ready`, or why it cannot start. */
async function isReady(server: Child, signal?: AbortSignal): Promise<void> {
  const failed = server.ended.then((how) => {
    throw new StartError([`PostgreSQL stopped while starting (${how})`, ...server.lastLines()].join('\n'));
  });
  const message: unknown[] = await Promise.race([once(server.process, 'message', signal ? { signal } : {}), failed]);
  if (message[0] !== 'ready') throw new StartError(String(message[0]));
}

/** Closing the channel is the request to stop: the same thing happens when the runner is killed. */
async function stopServer(keeper: Child, dataDir: string): Promise<void> {
  if (keeper.process.connected) keeper.process.disconnect();
  await Promise.race([keeper.ended, sleep(15_000, undefined, { ref: false })]);
  keeper.process.kill('SIGKILL');
  await stopAbandoned(dataDir);
}

/** PGPORT, PGDATA and similar variables are for other servers. */
function withoutPostgresVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PG')));
}
