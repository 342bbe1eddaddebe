/** `npm run import -- <country> …`: runs a country's import. */
import { usage } from '../services/catalogue/commands/import.js';
import { runCountryScript } from './start/run-country-script.js';

process.exitCode = await runCountryScript('import', usage, process.argv.slice(2));
