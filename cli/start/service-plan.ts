import type { Cluster } from './cluster.js';
import { metricsPorts, type Settings, type SubgraphSettings, variableOf } from './settings.js';
import { europe } from '../../schema/values/countries.js';
import { scriptOf } from './paths.js';
import type { PortUse } from './ports.js';
import { ephemeralSecrets, type SecretOf } from './secrets.js';

/** A process of the graph, before it is started. */
export interface ServicePlan extends PortUse {
  readonly script: string;
  /** Where it shows how it does. */
  readonly metrics: PortUse | undefined;
  /** Whether its database is in the embedded PostgreSQL. */
  readonly needsCluster: boolean;
  /**
   * What it reads of the environment: its own affairs and nobody else's.
   *
   * @param cluster where its database is, if that is in the embedded PostgreSQL.
   * @param secretOf default: secrets that are forgotten with this process.
   */
  readonly variables: (cluster: Pick<Cluster, 'url' | 'serviceUrl'>, secretOf?: SecretOf) => Record<string, string>;
}

/** What to start: everything, or the one process named. */
export function planServices(settings: Settings, only?: string): ServicePlan[] {
  const all = [...settings.subgraphs.map((subgraph) => planSubgraph(subgraph, settings)), planGateway(settings)];
  return all.filter(({ name }) => only === undefined || name === only);
}

function planMetrics(name: string, settings: Settings): PortUse | undefined {
  const port = new Map(metricsPorts(settings)).get(name);
  return port === undefined ? undefined : { name: `the metrics of ${name}`, port, portVariable: 'METRICS_PORT' };
}

const metricsVariable = (metrics: PortUse | undefined): Record<string, string> =>
  metrics ? { METRICS_PORT: String(metrics.port) } : {};

function planSubgraph(subgraph: SubgraphSettings, settings: Settings): ServicePlan {
  const { name, port, database } = subgraph;
  const portVariable = variableOf(name, 'PORT');
  const metrics = planMetrics(name, settings);
  return {
    name,
    metrics,
    script: scriptOf('services', name, 'main'),
    port,
    portVariable,
    needsCluster: database === undefined,
    variables: (cluster, secretOf) => ({
      [portVariable]: String(port),
      ...(database ?? embeddedDatabase(name, cluster)),
      ...metricsVariable(metrics),
      ...secretsOf([subgraph], secretOf),
      // Europe follows the change feeds of the countries. A country knows nobody.
      ...(name === europe.folder ? waysTo(countriesOf(settings), secretOf) : {}),
    }),
  };
}

/** Here a service brings its schema up to date itself: nobody else is there to do it. */
const embeddedDatabase = (name: string, { url, serviceUrl }: Pick<Cluster, 'url' | 'serviceUrl'>) => ({
  [variableOf(name, 'DATABASE_URL')]: serviceUrl(name),
  [variableOf(name, 'MIGRATION_URL')]: url(name),
});

function planGateway(settings: Settings): ServicePlan {
  const metrics = planMetrics('gateway', settings);
  return {
    name: 'gateway',
    metrics,
    script: scriptOf('gateway', 'main'),
    port: settings.gatewayPort,
    portVariable: 'PORT',
    needsCluster: false,
    variables: (_cluster, secretOf) => ({
      PORT: String(settings.gatewayPort),
      ...metricsVariable(metrics),
      ...waysTo(settings.subgraphs, secretOf),
    }),
  };
}

/** What one needs to ask them: `{ DENMARK_URL: 'http://127.0.0.1:4001/subgraph', DENMARK_SUBGRAPH_SECRETS: '…', … }` */
const waysTo = (subgraphs: readonly SubgraphSettings[], secretOf?: SecretOf): Record<string, string> => ({
  ...Object.fromEntries(subgraphs.map(({ name, url }) => [variableOf(name, 'URL'), url])),
  ...secretsOf(subgraphs, secretOf),
});

/** The operator's, or those of the runner's own making. */
const secretsOf = (subgraphs: readonly SubgraphSettings[], secretOf = ephemeralSecrets): Record<string, string> =>
  Object.assign(
    {},
    ...subgraphs.map(({ name, secrets }) => secrets ?? { [variableOf(name, 'SUBGRAPH_SECRETS')]: secretOf(name) }),
  ) as Record<string, string>;

const countriesOf = ({ subgraphs }: Settings): SubgraphSettings[] =>
  subgraphs.filter(({ name }) => name !== europe.folder);
