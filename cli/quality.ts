/** `npm run quality -- <country>`: looks a country's catalogue over. */
import { usage } from '../services/catalogue/commands/quality.js';
import { runCountryScript } from './start/run-country-script.js';

process.exitCode = await runCountryScript('quality', usage, process.argv.slice(2));
