/** `npm run import -- <country> …`: imports tables or publiccode.yml files into a country’s catalogue. */
import { countries } from '../schema/values/countries.js';
import { importUsage } from '../services/catalogue/commands/import-arguments.js';
import { runServiceScript } from './start/run-service-script.js';

const names = countries.map(({ folder }) => folder);

process.exitCode = await runServiceScript('import', names, importUsage('italy'), importUsage);
