import { Argument } from 'commander';

import type { Cli } from '../../services/kit/cli.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { notes } from './messages.js';
import { processNames } from './settings.js';
import { StartError } from './start-error.js';

/**
 * The command `npm start`.
 *
 * @param start gets the name of the one process to run; undefined means all.
 */
export const startCli = (start: (only: string | undefined) => Promise<number>): Cli<object> => ({
  description: 'Runs the graph on this machine: an embedded PostgreSQL, a process per country, Europe and the gateway.',
  examples: [
    ['npm start', 'everything'],
    ['npm run start:denmark', "one process alone, here Denmark's with its database"],
    ['PORT=8080 npm start', 'the gateway on another port'],
    [
      'DENMARK_DATABASE_URL=postgres://user:password@localhost:5432/denmark npm start',
      "Denmark's catalogue in a PostgreSQL of your own",
    ],
  ],
  define: (command) => {
    command.addArgument(new Argument('[process]', 'the one process to run (all)').choices(processNames));
  },
  notes: notes(),
  run: (_options, [only]) => start(only),
  exitCodeFor: (error) => (error instanceof StartError || error instanceof ConfigError ? 1 : undefined),
});
