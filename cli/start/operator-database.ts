import { resolve } from 'node:path';

import { ConfigError } from '../../services/kit/config/config.js';
import { readDatabaseUrls } from '../../services/kit/config/database-settings.js';

/**
 * The variables by which an operator gives a service a database, as the service gets them. Undefined when none is set.
 *
 * @param problems gets a line for each that cannot be used.
 */
export function readOperatorDatabase(
  prefix: string,
  env: NodeJS.ProcessEnv,
  problems: string[],
): Record<string, string> | undefined {
  const variables: Record<string, string> = {};
  for (const variable of [`${prefix}_DATABASE_URL`, `${prefix}_MIGRATION_URL`, `${prefix}_REPLICA_URLS`]) {
    const file = `${variable}_FILE`;
    if (env[variable]) variables[variable] = env[variable];
    // The processes run in another folder than the runner may have been started in.
    if (env[file]) variables[file] = resolve(env[file]);
    try {
      readDatabaseUrls(variable, env);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error.message);
    }
  }
  if (Object.keys(variables).length === 0) return undefined;
  const role = `${prefix}_SERVICE_ROLE`;
  return env[role] ? { ...variables, [role]: env[role] } : variables;
}
