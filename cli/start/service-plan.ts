import type { Cluster } from './cluster.js';
import { metricsPorts, type Settings, type SubgraphSettings, variableOf } from './settings.js';
import { europe } from '../../schema/values/countries.js';
import { scriptOf } from './paths.js';
import type { PortUse } from './ports.js';
import { ephemeralSecrets, type SecretOf } from './secrets.js';

/** A process of the graph, before it is started. */
export interface ServicePlan extends PortUse {
  readonly script: string;
  /** The port of its metrics; undefined: metrics are disabled. */
  readonly metrics: PortUse | undefined;
  /** Whether its database is in the embedded PostgreSQL. */
  readonly needsCluster: boolean;
  /**
   * Returns the environment variables of this process, without those of the others.
   *
   * @param cluster the embedded PostgreSQL, if its database is there.
   * @param secretOf default: secrets that last as long as this process.
   */
  readonly variables: (cluster: Pick<Cluster, 'url' | 'serviceUrl'>, secretOf?: SecretOf) => Record<string, string>;
}

/** What to start: everything, or the one process named. */
export function planServices(settings: Settings, only?: string): ServicePlan[] {
  const all = [
    ...settings.subgraphs.map((subgraph) => planSubgraph(subgraph, settings)),
    planGateway(settings),
    planPortal(settings),
  ];
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
      // Europe follows the change feeds of the countries. A country needs no other subgraph.
      ...(name === europe.folder ? connectionVariables(countriesOf(settings), secretOf) : {}),
    }),
  };
}

/** The service gets the owner's URL as well, so that it migrates the schema itself: npm start has no separate migration step. */
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
      ...connectionVariables(settings.subgraphs, secretOf),
    }),
  };
}

/** The portal is a client of the gateway alone. */
function planPortal(settings: Settings): ServicePlan {
  const metrics = planMetrics('portal', settings);
  return {
    name: 'portal',
    metrics,
    script: scriptOf('services', 'portal', 'main'),
    port: settings.portalPort,
    portVariable: 'PORTAL_PORT',
    needsCluster: false,
    variables: () => ({
      PORTAL_PORT: String(settings.portalPort),
      GATEWAY_URL: settings.gatewayUrl,
      PLAYGROUND_URL: settings.playgroundUrl,
      ...metricsVariable(metrics),
    }),
  };
}

/** The variables that a client of these subgraphs needs: `{ DENMARK_URL: 'http://127.0.0.1:4001/subgraph', DENMARK_SUBGRAPH_SECRETS: '…', … }` */
const connectionVariables = (subgraphs: readonly SubgraphSettings[], secretOf?: SecretOf): Record<string, string> => ({
  ...Object.fromEntries(subgraphs.map(({ name, url }) => [variableOf(name, 'URL'), url])),
  ...secretsOf(subgraphs, secretOf),
});

/** The secrets that the operator set, or else generated ones. */
const secretsOf = (subgraphs: readonly SubgraphSettings[], secretOf = ephemeralSecrets): Record<string, string> =>
  Object.assign(
    {},
    ...subgraphs.map(({ name, secrets }) => secrets ?? { [variableOf(name, 'SUBGRAPH_SECRETS')]: secretOf(name) }),
  ) as Record<string, string>;

const countriesOf = ({ subgraphs }: Settings): SubgraphSettings[] =>
  subgraphs.filter(({ name }) => name !== europe.folder);
