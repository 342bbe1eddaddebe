import { resolve } from 'node:path';

import { getMeta } from '../../services/kit/config/config.js';
import type { z } from 'zod';

/**
 * The variables of these settings that the operator has set, as a process gets them. Undefined if none is set.
 *
 *     { DENMARK_SUBGRAPH_SECRETS_FILE: '/run/secrets/denmark' }
 */
export function getOperatorVariables(
  settings: readonly z.ZodType[],
  env: NodeJS.ProcessEnv,
): Record<string, string> | undefined {
  const variables = settings.flatMap((setting): [string, string][] => {
    const { variable } = getMeta(setting);
    const [value, file] = [env[variable], env[`${variable}_FILE`]];
    // The processes run in another folder than the runner may have been started in.
    return [...(value ? [pair(variable, value)] : []), ...(file ? [pair(`${variable}_FILE`, resolve(file))] : [])];
  });
  return variables.length === 0 ? undefined : Object.fromEntries(variables);
}

const pair = (variable: string, value: string): [string, string] => [variable, value];
