import { countries } from '../../schema/values/countries.js';
import { scriptOf } from './paths.js';
import { runScript } from './run-script.js';

const folders = countries.map(({ folder }) => folder);

/**
 * Runs the command of a country that the first argument names, on its database, the embedded one unless it has its own.
 *
 * @param usage how the command is used, for a country.
 * @returns the exit code.
 */
export async function runCountryScript(
  script: string,
  usage: (country: string) => string,
  [country, ...args]: readonly string[],
): Promise<number> {
  if (country === undefined || country === '--help' || country === '-h') {
    console.log(usage('italy'));
    return country === undefined ? 2 : 0;
  }
  if (!folders.includes(country)) {
    console.error(`There is no country "${country}"; there is ${folders.join(', ')}.`);
    return 2;
  }
  return runScript({ service: country, script: scriptOf('services', country, script), args });
}
