/** `npm run import -- <country> …`: runs a country's import on its database, the embedded one unless it has its own. */
import { countries } from '../../schema/countries.js';
import { usage } from '../../services/catalogue/import/command.js';
import { scriptOf } from './places.js';
import { runScript } from './run-script.js';

const folders = countries.map(({ folder }) => folder);

process.exitCode = await main(process.argv.slice(2));

async function main([country, ...args]: readonly string[]): Promise<number> {
  if (country === undefined || country === '--help' || country === '-h') {
    console.log(usage('italy'));
    return country === undefined ? 2 : 0;
  }
  if (!folders.includes(country)) {
    console.error(`There is no country "${country}"; there is ${folders.join(', ')}.`);
    return 2;
  }
  return runScript({ service: country, script: scriptOf('services', country, 'import'), args });
}
