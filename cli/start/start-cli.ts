import { Argument } from 'commander';

import type { Cli } from '../../services/kit/cli.js';
import { usage } from './messages.js';
import { EnvironmentError, processNames } from './settings.js';
import { StartError } from './start-error.js';

/**
 * The command `npm start`.
 *
 * @param start gets the name of the one process to run; undefined means all.
 */
export const startCli = (start: (only: string | undefined) => Promise<number>): Cli<object> => ({
  description: usage(),
  examples: [],
  define: (command) => {
    command.addArgument(new Argument('[process]', 'the one process to run (all)').choices(processNames));
  },
  run: (_options, [only]) => start(only),
  exitCodeFor: (error) => (error instanceof StartError || error instanceof EnvironmentError ? 1 : undefined),
});
