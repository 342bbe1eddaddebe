/** `npm run country -- new France`: creates a new country. */
import { projectRoot } from '../start/paths.js';
import { countryCommand } from './country-command.js';

process.exitCode = await countryCommand(process.argv.slice(2), projectRoot, console);
