/** `npm run rebuild`: rebuilds Europe's index, in its database, the embedded one unless it has its own. */
import { europe } from '../schema/values/countries.js';
import { runCli } from '../services/kit/cli.js';
import { scriptOf } from './start/paths.js';
import { runScript } from './start/run-script.js';

process.exitCode = await runCli({
  description: `Empties Europe's index and fills it again from the countries' change feeds, which must be running (npm start).`,
  examples: [
    ['npm run rebuild', 'the index that Europe uses'],
    [
      'EUROPE_DATABASE_URL=postgres://user:password@localhost:5432/europe2 npm run rebuild',
      'an index in a PostgreSQL of your own',
    ],
  ],
  notes: `Responses of Europe are incomplete until it is done; \`staleCatalogues\` names the countries that are not read yet. To avoid
that, rebuild with EUROPE_DATABASE_URL of a second, empty database, then start Europe on it.

The countries are queried where npm start runs them: set here too what moves them, such as DENMARK_PORT or DENMARK_URL.

Exit code: 0 done, 1 a country did not respond or the configuration is wrong, 2 the command line is wrong.`,
  run: () => runScript({ service: europe.folder, script: scriptOf('services', europe.folder, 'rebuild') }),
});
