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
  description: `Runs the graph on this machine: an embedded PostgreSQL, and a process for each country, Europe, the gateway and
the portal. When
everything is ready, it prints the addresses. Ctrl-C stops everything; the data stay in DATA_DIR.`,
  examples: [
    ['npm start', 'everything, with the gateway at http://localhost:4000'],
    ['npm run start:denmark', 'one process, here Denmark with its database'],
    ['PORT=8080 npm start', 'the gateway on another port'],
    [
      'DENMARK_DATABASE_URL=postgres://user:password@localhost:5432/denmark npm start',
      "Denmark's catalogue in a PostgreSQL of your own",
    ],
  ],
  define: (command) => {
    command.addArgument(
      new Argument('[process]', 'the one process to run; all of them if it is missing').choices(processNames),
    );
  },
  notes: notes(),
  run: (_options, [only]) => start(only),
  exitCodeFor: (error) => (error instanceof StartError || error instanceof ConfigError ? 1 : undefined),
});
