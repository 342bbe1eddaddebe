import { join, resolve } from 'node:path';
import { z } from 'zod';

import { gatewaySettings } from '../../gateway/settings.js';
import { countries, europe } from '../../schema/values/countries.js';
import { catalogueSettings } from '../../services/catalogue/settings.js';
import { europeSettings } from '../../services/europe/settings.js';
import { defaultPort as defaultPortalPort, portalSettings } from '../../services/portal/settings.js';
import {
  allVariables,
  ConfigError,
  getMeta,
  parseSettings,
  type SettingsOf,
} from '../../services/kit/config/config.js';
import { serviceRole } from '../../services/kit/config/database-settings.js';
import { port, url } from '../../services/kit/config/fields.js';
import { processSettings } from '../../services/kit/run-process.js';
import { getOperatorVariables } from './operator-variables.js';
import { projectRoot } from './paths.js';

/** A subgraph as this machine runs it. */
export interface SubgraphSettings {
  /** Its folder under `services/`. */
  readonly name: string;
  /** Its name in messages. */
  readonly title: string;
  readonly port: number;
  /** The URL of its `/subgraph` for the other processes. */
  readonly url: string;
  /** The operator's variables of a database outside of this runner; undefined: a database in the embedded PostgreSQL. */
  readonly database: Readonly<Record<string, string>> | undefined;
  /** The operator's variable with its secrets; undefined: the runner creates one. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
}

/** The settings of the runner. */
export interface Settings {
  readonly dataDir: string;
  readonly postgresPort: number;
  readonly gatewayPort: number;
  readonly portalPort: number;
  /** The URL of the gateway's GraphQL endpoint for the portal. */
  readonly gatewayUrl: string;
  /** The address of the playground for the portal’s pages. */
  readonly playgroundUrl: string;
  /** The first of the ports on which the processes serve metrics; undefined: metrics are disabled. */
  readonly metricsPort: number | undefined;
  readonly subgraphs: readonly SubgraphSettings[];
}

const subgraphs = [...countries, europe];

/** The name of every process that can be started, as it is written on the command line. */
export const processNames: readonly string[] = [...subgraphs.map(({ folder }) => folder), 'gateway', 'portal'];

/** The variable of a subgraph: `variableOf('denmark', 'PORT')` is `DENMARK_PORT`. */
export const variableOf = (name: string, what: string): string => `${name.toUpperCase()}_${what}`;

/** Settings of the runner itself. */
const runnerSettings = {
  gatewayPort: port({ min: 1 }).default(4000).meta({ variable: 'PORT', description: 'The port of the gateway.' }),
  portalPort: port({ min: 1 }).default(defaultPortalPort).meta(getMeta(portalSettings.port)),
  gatewayUrl: portalSettings.gatewayUrl
    .unwrap()
    .optional()
    .meta({
      ...getMeta(portalSettings.gatewayUrl),
      description: 'The URL of the gateway’s GraphQL endpoint for the portal. Default: the gateway on this machine.',
    }),
  playgroundUrl: portalSettings.playgroundUrl
    .unwrap()
    .optional()
    .meta({
      ...getMeta(portalSettings.playgroundUrl),
      description: `${getMeta(portalSettings.playgroundUrl).description ?? ''} Default: the gateway on this machine.`,
    }),
  postgresPort: port({ min: 1 }).default(54_320).meta({
    variable: 'POSTGRES_PORT',
    description: 'The port of the embedded PostgreSQL, on 127.0.0.1 only.',
  }),
  metricsPort: port({ min: 1 }).optional().meta({
    variable: 'METRICS_PORT',
    description:
      'The port of `/metrics` of the gateway for Prometheus; the subgraphs and the portal have the next ones. Default: metrics are disabled.',
  }),
  dataDir: z.string().optional().meta({
    variable: 'DATA_DIR',
    description: 'The folder of the embedded PostgreSQL and of generated secrets.',
    defaultText: '.data in the project',
  }),
};

/** Settings of a subgraph, whose process gets them from the runner. */
function subgraphSettings(name: string, defaultPort: number) {
  const prefix = name.toUpperCase();
  const { port: ownPort, ...list } = name === europe.folder ? europeSettings : catalogueSettings(prefix, defaultPort);
  return {
    port: port({ min: 1 }).default(defaultPort).meta(getMeta(ownPort)),
    url: url('http', 'https')
      .optional()
      .meta({
        variable: `${prefix}_URL`,
        description:
          'The URL of its subgraph for the other processes. Default: `/subgraph` at its port on this machine.',
      }),
    databaseUrl: list.databaseUrl.optional().meta({
      ...getMeta(list.databaseUrl),
      description: `${getMeta(list.databaseUrl).description ?? ''} Default: a database in the embedded PostgreSQL.`,
    }),
    migrationUrl: list.migrationUrl,
    replicaUrls: list.replicaUrls,
    serviceRole: serviceRole(prefix)
      .optional()
      .meta(getMeta(serviceRole(prefix))),
    secrets: list.subgraphSecrets.optional().meta({
      ...getMeta(list.subgraphSecrets),
      description: `${getMeta(list.subgraphSecrets).description ?? ''} Default: generated, and kept in DATA_DIR.`,
    }),
  };
}

/** A country validates it itself, in its own working directory. */
const importDirOf = (prefix: string, defaultPort: number) =>
  z
    .string()
    .optional()
    .meta(getMeta(catalogueSettings(prefix, defaultPort).importDir));

const { port: _port, supergraphPath: _path, subgraphs: _subgraphs, ...gatewayList } = gatewaySettings;
const { port: _portalPort, gatewayUrl: _gatewayUrl, playgroundUrl: _playgroundUrl, ...portalList } = portalSettings;

/** What the processes read themselves; validated here too, so that nothing starts if a value is invalid. */
const inheritedSettings = {
  // The runner requests the health of its processes on 127.0.0.1.
  listenAddress: z
    .enum(
      ['127.0.0.1', '0.0.0.0', '::'],
      'must be 127.0.0.1 for this machine alone, or 0.0.0.0 or :: for every network',
    )
    .default('127.0.0.1')
    .meta(getMeta(processSettings.listenAddress)),
  shutdownDelayMs: processSettings.shutdownDelayMs,
  ...gatewayList,
  portal: portalList,
  metricsAddress: processSettings.metricsAddress,
  otlpEndpoint: processSettings.otlpEndpoint,
};

const noColor = z.string().optional().meta({ variable: 'NO_COLOR', description: 'Disables colours if it is set.' });

const ownSettings = {
  ...runnerSettings,
  subgraphs: Object.fromEntries(subgraphs.map(({ folder, port }) => [folder, subgraphSettings(folder, port)])),
};

/** Everything that an operator can configure. */
const startSettings = {
  own: ownSettings,
  inherited: {
    ...inheritedSettings,
    importDirs: Object.fromEntries(
      countries.map(({ folder, port }) => [folder, importDirOf(folder.toUpperCase(), port)]),
    ),
    noColor,
  },
};

const { port: _anyPort, ...anySubgraph } = subgraphSettings('<name>', 0);

/** The same for documentation: `<NAME>` stands for each subgraph. */
export const documentedStartSettings = {
  gatewayPort: runnerSettings.gatewayPort,
  portalPort: runnerSettings.portalPort,
  gatewayUrl: runnerSettings.gatewayUrl,
  playgroundUrl: runnerSettings.playgroundUrl,
  ports: Object.fromEntries(subgraphs.map(({ folder, port }) => [folder, subgraphSettings(folder, port).port])),
  postgresPort: runnerSettings.postgresPort,
  dataDir: runnerSettings.dataDir,
  metricsPort: runnerSettings.metricsPort,
  subgraph: anySubgraph,
  importDir: importDirOf('<COUNTRY>', 0),
  ...inheritedSettings,
  noColor,
};

/** The names of all variables that this runner reads. A child gets none of them except its own. */
export const ownVariables = (): readonly string[] => allVariables(ownSettings);

/**
 * Reads the settings of the runner from the environment.
 *
 * @throws ConfigError with a line for every variable that is invalid.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { own } = parseSettings(startSettings, env);
  const settings: Settings = {
    dataDir: own.dataDir === undefined ? join(projectRoot, '.data') : resolve(own.dataDir),
    postgresPort: own.postgresPort,
    gatewayPort: own.gatewayPort,
    portalPort: own.portalPort,
    gatewayUrl: own.gatewayUrl ?? `http://127.0.0.1:${String(own.gatewayPort)}/graphql`,
    playgroundUrl: own.playgroundUrl ?? `http://localhost:${String(own.gatewayPort)}/`,
    metricsPort: own.metricsPort,
    subgraphs: subgraphs.flatMap(({ folder, name }) => {
      const subgraph = own.subgraphs[folder];
      return subgraph ? [toSubgraph(folder, name, subgraph, env)] : [];
    }),
  };
  const problems = [...sharedPorts(settings), ...sharedDatabases(own.subgraphs)];
  if (problems.length > 0) throw new ConfigError(problems);
  return settings;
}

type SubgraphValues = SettingsOf<ReturnType<typeof subgraphSettings>>;

function toSubgraph(
  folder: string,
  title: string,
  { port, url }: SubgraphValues,
  env: NodeJS.ProcessEnv,
): SubgraphSettings {
  const list = subgraphSettings(folder, port);
  const database = getOperatorVariables([list.databaseUrl, list.migrationUrl, list.replicaUrls], env);
  return {
    name: folder,
    title,
    port,
    url: url ?? `http://127.0.0.1:${String(port)}/subgraph`,
    database: database && { ...database, ...getOperatorVariables([list.serviceRole], env) },
    secrets: getOperatorVariables([list.secrets], env),
  };
}

function sharedPorts(settings: Settings): string[] {
  const uses: [string, number][] = [
    ['PORT', settings.gatewayPort],
    ...settings.subgraphs.map(({ name, port }): [string, number] => [variableOf(name, 'PORT'), port]),
    ['PORTAL_PORT', settings.portalPort],
    ['POSTGRES_PORT', settings.postgresPort],
    ...metricsPorts(settings).map(([name, port]): [string, number] => [`METRICS_PORT, for ${name},`, port]),
  ];
  return duplicates(uses).map(([names, value]) => `${names.join(' and ')} must differ: each is ${String(value)}`);
}

/** Where each process shows how it does: the gateway first. */
export const metricsPorts = ({ metricsPort, subgraphs }: Settings): [string, number][] =>
  metricsPort === undefined
    ? []
    : ['gateway', ...subgraphs.map(({ name }) => name), 'portal'].map((name, index) => [name, metricsPort + index]);

/** Two services in one database would overwrite each other. */
function sharedDatabases(values: Readonly<Record<string, SubgraphValues>>): string[] {
  const uses = Object.entries(values).flatMap(([folder, { databaseUrl }]): [string, string][] => {
    if (databaseUrl === undefined) return [];
    const { hostname, port, pathname } = new URL(databaseUrl);
    return [[variableOf(folder, 'DATABASE_URL'), `${hostname}:${port || '5432'}${pathname}`]];
  });
  return duplicates(uses).map(([names]) => `${names.join(' and ')} must differ: each needs a database of its own`);
}

/** `[['A', 1], ['B', 2], ['C', 1]]` -> `[[['A', 'C'], 1]]` */
function duplicates<Value>(uses: readonly (readonly [string, Value])[]): [string[], Value][] {
  const names = new Map<Value, string[]>();
  for (const [name, value] of uses) names.set(value, [...(names.get(value) ?? []), name]);
  return [...names].filter(([, users]) => users.length > 1).map(([value, users]) => [users, value]);
}
