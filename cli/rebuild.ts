/** `npm run rebuild`: rebuilds Europe's index, in its database, the embedded one unless it has its own. */
import { europe } from '../schema/values/countries.js';
import { runCli } from '../services/kit/cli.js';
import { scriptOf } from './start/paths.js';

process.exitCode = await runCli({
  description: `Empties Europe's index and fills it again from the change feeds of the countries, which must be running (npm start).`,
  examples: [
    ['npm run rebuild', 'rebuild the index that Europe uses'],
    [
      'EUROPE_DATABASE_URL=postgres://user:password@localhost:5432/europe2 npm run rebuild',
      'rebuild an index in a PostgreSQL of your own',
    ],
  ],
  notes: `Until it is done, responses of Europe are incomplete; \`staleCatalogues\` lists the countries that are not read yet. To avoid
that, set EUROPE_DATABASE_URL to a second, empty database, rebuild, and then start Europe on it.

The feeds are read from the addresses of npm start. If you started the countries with variables such as DENMARK_PORT or
DENMARK_URL, set the same ones here.

Exit code: 0 done, 1 a country did not respond or the configuration is wrong, 2 the command line is wrong.`,
  run: async () => {
    // Loaded when it is needed, so that the command line is checked at once.
    const { runScript } = await import('./start/run-script.js');
    return runScript({ service: europe.folder, script: scriptOf('services', europe.folder, 'rebuild') });
  },
});
