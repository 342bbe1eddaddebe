import { checkPorts } from './preflight-checks.js';
import { type Cluster, type ClusterOptions, joinCluster, startCluster } from './cluster.js';
import { makeDataDir } from './data-dir.js';
import type { Settings } from './settings.js';
import type { Output } from './output.js';
import type { ServicePlan } from './service-plan.js';
import { findSharedCluster } from './shared-cluster.js';

/** What services need of a cluster. */
export type Databases = Pick<Cluster, 'url' | 'serviceUrl' | 'stop'>;

/** Opens the embedded PostgreSQL for the services that have no database of their own: starts it, or joins another runner's. */
export async function openDatabases(
  { dataDir, postgresPort }: Settings,
  services: readonly ServicePlan[],
  output: Output,
  signal: AbortSignal,
): Promise<Databases> {
  const names = services.filter(({ needsCluster }) => needsCluster).map(({ name }) => name);
  if (names.length === 0) return none;
  await makeDataDir(dataDir);
  const options: ClusterOptions = {
    dataDir,
    port: postgresPort,
    databases: names,
    onLine: (line) => {
      output.line('postgres', line);
    },
    signal,
  };
  const shared = await findSharedCluster(dataDir);
  if (shared !== undefined) return join(options, shared, output);
  await checkPorts([{ port: postgresPort, name: 'the embedded PostgreSQL', portVariable: 'POSTGRES_PORT' }]);
  output.log(`starting PostgreSQL on 127.0.0.1:${String(postgresPort)}, files in ${dataDir} …`);
  try {
    return await startCluster(options);
  } catch (error) {
    // Another runner may have been a moment faster.
    const faster = signal.aborted ? undefined : await findSharedCluster(dataDir);
    if (faster === undefined) throw error;
    return join(options, faster, output);
  }
}

function join(options: ClusterOptions, port: number, output: Output): Promise<Cluster> {
  output.log(`using the PostgreSQL of another runner, on port ${String(port)}; it stops with that runner`);
  return joinCluster(options, port);
}

const throwOwnDatabase = (name: string): never => {
  throw new Error(`${name} has a database of its own`);
};

const none: Databases = {
  url: throwOwnDatabase,
  serviceUrl: throwOwnDatabase,
  stop: () => Promise.resolve(),
};
