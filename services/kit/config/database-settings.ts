import { ConfigError } from './config.js';
import { readVariableOrFile } from './variable-or-file.js';

/** Where the database of a service is, and as whom it comes there. */
export interface DatabaseSettings {
  /** For the service: its role reads and writes rows, and cannot change the schema. */
  readonly databaseUrl: string;
  /** For the owner of the schema; undefined where somebody else brings the schema up to date. */
  readonly migrationUrl?: string | undefined;
  /** Its read replicas, for the service's role. */
  readonly replicaUrls?: readonly string[];
}

/**
 * Reads `<NAME>_DATABASE_URL`, `<NAME>_MIGRATION_URL` where the process is to bring its schema up to date itself, and
 * `<NAME>_REPLICA_URLS` where there are read replicas, separated by commas or lines. Each can stand in a file, which the variable
 * with `_FILE` behind its name names.
 *
 * @throws ConfigError naming the variable that is wrong or missing, without repeating an address, which has a password in it.
 */
export function readDatabaseSettings(name: string, environment: NodeJS.ProcessEnv): DatabaseSettings {
  return {
    databaseUrl: requireDatabaseUrl(`${name}_DATABASE_URL`, environment),
    migrationUrl: readDatabaseUrl(`${name}_MIGRATION_URL`, environment),
    replicaUrls: readDatabaseUrls(`${name}_REPLICA_URLS`, environment),
  };
}

/**
 * Reads the address of a database from a variable, or from the file that `<VARIABLE>_FILE` names.
 *
 * @throws ConfigError when it is no such address.
 */
export function readDatabaseUrl(variable: string, environment: NodeJS.ProcessEnv): string | undefined {
  const setting = readVariableOrFile(variable, environment);
  return setting && checked(setting.text.trim(), setting.source);
}

/** The same for several, separated by commas or lines. */
export function readDatabaseUrls(variable: string, environment: NodeJS.ProcessEnv): string[] {
  const { source = variable, text = '' } = readVariableOrFile(variable, environment) ?? {};
  const urls = text.split(/[,\r\n]/).map((url) => url.trim());
  return urls.filter((url) => url !== '').map((url) => checked(url, source));
}

/** The same where there must be one. */
export function requireDatabaseUrl(variable: string, environment: NodeJS.ProcessEnv): string {
  const url = readDatabaseUrl(variable, environment);
  if (url === undefined) throw new ConfigError([`${variable} is missing`]);
  return url;
}

function checked(url: string, source: string): string {
  if (!/^postgres(?:ql)?:\/\//i.test(url) || !isUrl(url))
    throw new ConfigError([`${source} must be an address like postgres://user:password@host:port/database`]);
  return url;
}

// Not URL.canParse, which in Node 20 fails at random on letters beyond ASCII.
function isUrl(value: string): boolean {
  try {
    return Boolean(new URL(value));
  } catch {
    return false;
  }
}
