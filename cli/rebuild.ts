/** `npm run rebuild`: fills Europe's index anew, in its database, the embedded one unless it has its own. */
import { europe } from '../schema/values/countries.js';
import { scriptOf } from './start/paths.js';
import { runScript } from './start/run-script.js';

const usage = `Rebuilds Europe's index.

  npm run rebuild                  the index that Europe uses
  EUROPE_DATABASE_URL=postgres://user:password@localhost:5432/europe2 npm run rebuild
                                   one in a PostgreSQL of your own

Empties Europe's index and fills it again from the countries' change feeds, which must be running (npm start). Answers of
Europe are incomplete until it is done; \`staleCatalogues\` says so. With EUROPE_DATABASE_URL of a second, empty database
nothing is incomplete: rebuild there, then start Europe on it.

It asks the countries where npm start has them: what is set for that, such as DENMARK_PORT or DENMARK_URL, set here too.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage);
    return 0;
  }
  const [unknown] = args;
  if (unknown !== undefined) {
    console.error(`unknown argument "${unknown}"\nallowed: --help`);
    return 2;
  }
  return runScript({ service: europe.folder, script: scriptOf('services', europe.folder, 'rebuild') });
}
