import { type CommandUsage, runCli, UsageError } from '../../services/kit/cli.js';
import { scriptOf } from './paths.js';

/**
 * Runs the command of the service that the first argument names, on its database: the embedded one unless it has its own.
 * A command line that is wrong is rejected here, because PostgreSQL would take seconds to start.
 *
 * @param script the file of the command in the service's folder.
 * @param names the services that have it.
 * @param usage what `--help` without a service prints.
 * @param usageOf how the command of a service is used.
 * @returns the exit code.
 */
export function runServiceScript<Options extends object>(
  script: string,
  names: readonly string[],
  usage: CommandUsage<Options>,
  usageOf: (name: string) => CommandUsage<Options>,
  [name, ...args]: readonly string[] = process.argv.slice(2),
): Promise<number> {
  if (name !== undefined && names.includes(name)) {
    const { check, ...ofService } = usageOf(name);
    const run = async (options: Options, rest: readonly string[]): Promise<number> => {
      check?.(options, rest);
      // Loaded when it is needed, so that the command line is checked at once.
      const { runScript } = await import('./run-script.js');
      return runScript({ service: name, script: scriptOf('services', name, script), args });
    };
    return runCli<Options>({ ...ofService, run }, args);
  }
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
