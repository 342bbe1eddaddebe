/** `npm run country -- new France`: makes a place for a country that joins. `--help` says how. */
import { projectRoot } from '../start/paths.js';
import { countryCommand } from './country-command.js';

process.exitCode = countryCommand(process.argv.slice(2), projectRoot, console);
