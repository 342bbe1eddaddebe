/** `npm run migrate -- <service>`: brings the schema of a service's database up to date, the embedded one unless it has its own. */
import { countries, europe } from '../schema/values/countries.js';
import { scriptOf } from './start/paths.js';
import { runScript } from './start/run-script.js';

const names = [...countries, europe].map(({ folder }) => folder);

const usage = `Brings the schema of a service's database up to date, as its owner: ${names.join(', ')}.

  npm run migrate -- belgium              run what is missing, and give the service its rights
  npm run migrate -- belgium --dry-run    say what is missing, and change nothing
  npm run migrate -- belgium --help       all there is for one of them

BELGIUM_MIGRATION_URL names the database, for the role that owns its schema; without it that is the embedded one, which
npm start brings up to date by itself.`;

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(usage);
    return name === undefined ? 2 : 0;
  }
  if (!names.includes(name)) {
    console.error(`There is no service "${name}" with a database; there is ${names.join(', ')}.`);
    return 2;
  }
  return runScript({ service: name, script: scriptOf('services', name, 'migrate'), args });
}
