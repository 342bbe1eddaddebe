import { readFileSync } from 'node:fs';

import { ConfigError } from './config.js';

/** A value that may be secret, and which variable it came by. */
export interface Setting {
  readonly source: string;
  readonly text: string;
}

/**
 * Reads what a variable holds, or the file that the variable of the same name with `_FILE` names. Undefined when neither is set;
 * an empty variable counts as absent.
 *
 * @throws ConfigError when both are set, or when the file cannot be read.
 */
export function readVariableOrFile(variable: string, environment: NodeJS.ProcessEnv): Setting | undefined {
  const fileVariable = `${variable}_FILE`;
  const [value, file] = [environment[variable] ?? '', environment[fileVariable] ?? ''];
  if (value !== '' && file !== '')
    throw new ConfigError([`${variable} and ${fileVariable} are both set; leave one out`]);
  if (value !== '') return { source: variable, text: value };
  return file === '' ? undefined : { source: fileVariable, text: readFile(file, fileVariable) };
}

function readFile(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${variable} names a file that cannot be read: ${String(code)}`]);
  }
}
