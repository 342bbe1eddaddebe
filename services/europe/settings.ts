import { countries } from '../../schema/values/countries.js';
import { address, ConfigError, readConfig } from '../kit/config/config.js';
import { type DatabaseSettings, readDatabaseSettings } from '../kit/config/database-settings.js';
import { readSecrets } from '../kit/config/subgraph-secrets.js';

/** The variable that says where a country's feed is read: the gateway's, so that both ask the same place. */
const urlVariable = (folder: string): string => `${folder.toUpperCase()}_URL`;

/**
 * What following the feeds needs of the environment: `EUROPE_DATABASE_URL`, `EUROPE_MIGRATION_URL` where the process
 * brings the schema up to date itself, and of every country `<COUNTRY>_URL` and
 * `<COUNTRY>_SECRETS` or `<COUNTRY>_SECRETS_FILE`.
 *
 * @throws ConfigError naming every variable that is wrong or missing.
 */
export function readIndexSettings(environment: NodeJS.ProcessEnv): DatabaseSettings & {
  readonly countryUrls: Readonly<Record<string, string>>;
  readonly countrySecrets: Readonly<Record<string, string>>;
} {
  const config: Record<string, string> = readConfig(
    Object.fromEntries(countries.map(({ folder }) => [urlVariable(folder), address('http', 'https')])),
    environment,
  );
  return {
    ...readDatabase(environment),
    countryUrls: Object.fromEntries(countries.map(({ folder }) => [folder, config[urlVariable(folder)] ?? ''])),
    countrySecrets: Object.fromEntries(
      countries.map(({ folder }) => [folder, readSecrets(folder.toUpperCase(), environment)[0]]),
    ),
  };
}

/** The gateway keeps what it hears of the index until the index moves, so nothing of it may lag. */
function readDatabase(environment: NodeJS.ProcessEnv): DatabaseSettings {
  const { replicaUrls = [], ...database } = readDatabaseSettings('EUROPE', environment);
  if (replicaUrls.length > 0)
    throw new ConfigError(['EUROPE_REPLICA_URLS cannot be set: a second Europe on a second database does more']);
  return database;
}
