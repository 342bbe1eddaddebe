import { join, resolve } from 'node:path';
import { z } from 'zod';

import { gatewayVariables } from '../../gateway/settings.js';
import { countries, europe } from '../../schema/values/countries.js';
import { parseUrl } from '../../schema/values/parse-url.js';
import { readDatabaseUrl } from '../../services/kit/config/database-settings.js';
import { readOperatorDatabase } from './operator-database.js';
import { projectRoot } from './paths.js';
import { readOperatorSecrets } from './operator-secrets.js';

/** A subgraph as this machine runs it. */
export interface SubgraphSettings {
  /** Its folder under `services/`. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  readonly port: number;
  /** Where others find its `/subgraph`. */
  readonly url: string;
  /** The variables with a PostgreSQL of one's own; undefined means a database in the embedded one. */
  readonly database: Readonly<Record<string, string>> | undefined;
  /** The variable with its secrets, for those who need them; undefined means that the runner makes one. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
}

/** Everything the environment decides. */
export interface Settings {
  readonly dataDir: string;
  readonly postgresPort: number;
  readonly gatewayPort: number;
  /** The first of the ports on which the processes show how they do; undefined means that nobody watches. */
  readonly metricsPort: number | undefined;
  readonly subgraphs: readonly SubgraphSettings[];
}

/** Values of the environment that are refused, one line each. */
export class EnvironmentError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'EnvironmentError';
    this.problems = problems;
  }
}

const subgraphs = [...countries, europe];

/** The name of every process that can be started, as it is written on the command line. */
export const processNames: readonly string[] = [...subgraphs.map(({ folder }) => folder), 'gateway'];

/** Where processes and PostgreSQL listen unless the environment says otherwise. */
export const defaultPorts = { gateway: 4000, postgres: 54320 } as const;

/** The variable that speaks of one subgraph: `variableOf('denmark', 'PORT')` is `DENMARK_PORT`. */
export const variableOf = (name: string, what: string): string => `${name.toUpperCase()}_${what}`;

/** The names of all variables that this runner reads. A child gets none of them except its own. */
export function ownVariables(): readonly string[] {
  const perSubgraph = subgraphs.flatMap(({ folder }) =>
    Object.keys(subgraphSchema.shape).map((what) => variableOf(folder, what)),
  );
  return [...Object.keys(generalSchema.shape), ...perSubgraph];
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65535);

const httpUrl = z.string().refine((value) => hasProtocol(value, ['http:', 'https:']));

const generalSchema = z.object({
  PORT: port.optional(),
  POSTGRES_PORT: port.optional(),
  METRICS_PORT: port.optional(),
  DATA_DIR: z.string().optional(),
});

const { PORT: _port, LISTEN_ADDRESS: _address, SUPERGRAPH: _supergraph, ...ofGateway } = gatewayVariables;

/** What the processes read themselves; checked here so that a wrong value is refused before anything starts. */
const processSchema = z.object({
  // The runner asks its processes on 127.0.0.1 how they are.
  LISTEN_ADDRESS: z.enum(['127.0.0.1', '0.0.0.0', '::']).optional(),
  ...ofGateway,
});

const subgraphSchema = z.object({
  PORT: port.optional(),
  URL: httpUrl.optional(),
  // Looked at by `readOperatorDatabase`.
  DATABASE_URL: z.string().optional(),
  DATABASE_URL_FILE: z.string().optional(),
  MIGRATION_URL: z.string().optional(),
  MIGRATION_URL_FILE: z.string().optional(),
  REPLICA_URLS: z.string().optional(),
  REPLICA_URLS_FILE: z.string().optional(),
  SERVICE_ROLE: z.string().optional(),
  // Looked at by `readOperatorSecrets`.
  SECRETS: z.string().optional(),
  SECRETS_FILE: z.string().optional(),
});

// Values are never repeated in a message: an address of a database has a password in it.
const allowed: Readonly<Record<string, string>> = {
  PORT: 'a port from 1 to 65535',
  POSTGRES_PORT: 'a port from 1 to 65535',
  METRICS_PORT: 'a port from 1 to 65535, the first of as many as there are processes',
  METRICS_ADDRESS: 'an IP address, such as 0.0.0.0 for every network',
  LISTEN_ADDRESS: '127.0.0.1 for this machine alone, or 0.0.0.0 or :: for every network',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'an http or https address, such as http://127.0.0.1:4318',
  URL: 'an http or https address, such as http://127.0.0.1:4001/subgraph',
};

/**
 * What the environment decides, with every default filled in.
 *
 * @throws EnvironmentError naming every variable whose value cannot be used, and what is allowed.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const problems: string[] = [];
  const general = parse(generalSchema, (name) => name, env, problems);
  parse(processSchema, (name) => name, env, problems);
  const settings: Settings = {
    dataDir: general?.DATA_DIR === undefined ? join(projectRoot, '.data') : resolve(general.DATA_DIR),
    postgresPort: general?.POSTGRES_PORT ?? defaultPorts.postgres,
    gatewayPort: general?.PORT ?? defaultPorts.gateway,
    metricsPort: general?.METRICS_PORT,
    subgraphs: subgraphs.map((subgraph) => readSubgraph(subgraph, env, problems)),
  };
  if (problems.length === 0) problems.push(...sharedPorts(settings), ...sharedDatabases(env));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return settings;
}

function readSubgraph(
  { name, folder, port }: (typeof subgraphs)[number],
  env: NodeJS.ProcessEnv,
  problems: string[],
): SubgraphSettings {
  const values = parse(subgraphSchema, (what) => variableOf(folder, what), env, problems);
  const ownPort = values?.PORT ?? port;
  return {
    name: folder,
    title: name,
    port: ownPort,
    url: values?.URL ?? `http://127.0.0.1:${String(ownPort)}/subgraph`,
    database: readOperatorDatabase(folder.toUpperCase(), env, problems),
    secrets: readOperatorSecrets(folder.toUpperCase(), env, problems),
  };
}

/** The values of a schema's variables, or undefined after reporting each that is refused. */
function parse<Schema extends z.ZodObject>(
  schema: Schema,
  variable: (key: string) => string,
  env: NodeJS.ProcessEnv,
  problems: string[],
): z.output<Schema> | undefined {
  // An empty value is an unset one: that is how shells and compose files leave things out.
  const values = Object.keys(schema.shape).map((key) => [key, env[variable(key)] || undefined] as const);
  const result = schema.safeParse(Object.fromEntries(values));
  if (result.success) return result.data;
  const refused = new Map(result.error.issues.map(({ path, message }) => [String(path[0]), message]));
  problems.push(
    ...[...refused].map(
      ([key, message]) => `${variable(key)} ${key in allowed ? `must be ${allowed[key] ?? ''}` : message}`,
    ),
  );
  return undefined;
}

function sharedPorts(settings: Settings): string[] {
  const uses: [string, number][] = [
    ['PORT', settings.gatewayPort],
    ...settings.subgraphs.map(({ name, port }): [string, number] => [variableOf(name, 'PORT'), port]),
    ['POSTGRES_PORT', settings.postgresPort],
    ...metricsPorts(settings).map(([name, port]): [string, number] => [`METRICS_PORT, for ${name},`, port]),
  ];
  return duplicates(uses).map(([names, value]) => `${names.join(' and ')} must differ: each is ${String(value)}`);
}

/** Where each process shows how it does: the gateway first. */
export const metricsPorts = ({ metricsPort, subgraphs }: Settings): [string, number][] =>
  metricsPort === undefined
    ? []
    : ['gateway', ...subgraphs.map(({ name }) => name)].map((name, index) => [name, metricsPort + index]);

/** Two services in one database would overwrite each other. */
function sharedDatabases(env: NodeJS.ProcessEnv): string[] {
  const uses = subgraphs.flatMap(({ folder }): [string, string][] => {
    const variable = variableOf(folder, 'DATABASE_URL');
    const url = readDatabaseUrl(variable, env);
    if (url === undefined) return [];
    const { hostname, port, pathname } = new URL(url);
    return [[variable, `${hostname}:${port || '5432'}${pathname}`]];
  });
  return duplicates(uses).map(([names]) => `${names.join(' and ')} must differ: each needs a database of its own`);
}

/** `[['A', 1], ['B', 2], ['C', 1]]` -> `[[['A', 'C'], 1]]` */
function duplicates<Value>(uses: readonly (readonly [string, Value])[]): [string[], Value][] {
  const names = new Map<Value, string[]>();
  for (const [name, value] of uses) names.set(value, [...(names.get(value) ?? []), name]);
  return [...names].filter(([, users]) => users.length > 1).map(([value, users]) => [users, value]);
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  const url = parseUrl(value);
  return url !== null && protocols.includes(url.protocol);
}
