import { type Cli, runCli, UsageError } from '../../services/kit/cli.js';
import { scriptOf } from './paths.js';
import { runScript } from './run-script.js';

/**
 * Runs the command of the service that the first argument names, on its database: the embedded one unless it has its own.
 *
 * @param script the file of the command in the service's folder.
 * @param names the services that have it.
 * @param usage what `--help` without a service prints.
 * @returns the exit code.
 */
export function runServiceScript(
  script: string,
  names: readonly string[],
  usage: Omit<Cli<never>, 'run'>,
  [name, ...args]: readonly string[] = process.argv.slice(2),
): Promise<number> {
  if (name !== undefined && names.includes(name))
    return runScript({ service: name, script: scriptOf('services', name, script), args });
  const found = name === undefined ? 'It is missing' : `It is ${JSON.stringify(name)}`;
  return runCli(
    {
      ...usage,
      run: () => {
        throw new UsageError(`The first argument must be one of ${names.join(', ')}. ${found}.`);
      },
    },
    name === '--help' || name === '-h' ? ['--help'] : [],
  );
}
