import { resolve } from 'node:path';

import { ConfigError } from '../../services/kit/config/config.js';
import { readSecrets } from '../../services/kit/config/subgraph-secrets.js';

/**
 * The variable by which an operator sets a subgraph's secrets, as those get it who need them. Undefined when none is set.
 *
 * @param problems gets a line when what is set cannot be used.
 */
export function readOperatorSecrets(
  prefix: string,
  env: NodeJS.ProcessEnv,
  problems: string[],
): Record<string, string> | undefined {
  const [variable, fileVariable] = [`${prefix}_SECRETS`, `${prefix}_SECRETS_FILE`];
  const [value, file] = [env[variable] || undefined, env[fileVariable] || undefined];
  if (value === undefined && file === undefined) return undefined;
  try {
    readSecrets(prefix, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(error.message);
  }
  // The processes run in another folder than the runner may have been started in.
  return file === undefined ? { [variable]: value ?? '' } : { [fileVariable]: resolve(file) };
}
