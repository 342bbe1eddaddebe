import { ownVariables, type Settings, type SubgraphSettings, variableOf } from './environment.js';
import { europe } from '../../schema/countries.js';
import { scriptOf } from './places.js';
import type { PortUse } from './ports.js';

/** A process of the graph, before it is started. */
export interface ServicePlan extends PortUse {
  readonly script: string;
  /** Whether its database is in the embedded PostgreSQL. */
  readonly needsCluster: boolean;
  /** What it reads of the environment: its own affairs and nobody else's. */
  readonly variables: (databaseUrl: (name: string) => string) => Record<string, string>;
}

/** What to start: everything, or the one process named. */
export function planServices(settings: Settings, only?: string): ServicePlan[] {
  const all = [...settings.subgraphs.map(planSubgraph), planGateway(settings)];
  return all.filter(({ name }) => only === undefined || name === only);
}

function planSubgraph({ name, port, databaseUrl }: SubgraphSettings): ServicePlan {
  const portVariable = variableOf(name, 'PORT');
  return {
    name,
    script: scriptOf('services', name, 'main'),
    port,
    portVariable,
    needsCluster: name !== europe.folder && databaseUrl === undefined,
    variables: (embeddedUrl) => ({
      [portVariable]: String(port),
      // Europe's routes have no database.
      ...(name === europe.folder ? {} : { [variableOf(name, 'DATABASE_URL')]: databaseUrl ?? embeddedUrl(name) }),
    }),
  };
}

function planGateway(settings: Settings): ServicePlan {
  return {
    name: 'gateway',
    script: scriptOf('gateway', 'main'),
    port: settings.gatewayPort,
    portVariable: 'PORT',
    needsCluster: false,
    variables: () => ({ PORT: String(settings.gatewayPort), ...subgraphUrls(settings) }),
  };
}

/** `{ DENMARK_URL: 'http://127.0.0.1:4001/subgraph', … }` */
const subgraphUrls = ({ subgraphs }: Settings): Record<string, string> =>
  Object.fromEntries(subgraphs.map(({ name, url }) => [variableOf(name, 'URL'), url]));

/** The environment of a child: the runner's without the variables it reads itself, and the child's own. */
export function childEnvironment(env: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const hidden = new Set(ownVariables());
  // Libraries check less and answer faster when they are told that nobody develops them here.
  return {
    NODE_ENV: 'production',
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.has(name))),
    ...own,
  };
}
