/** `npm run quality -- <country> …`: reports data-quality issues of a country’s catalogue. */
import { countries } from '../schema/values/countries.js';
import { qualityUsage } from '../services/catalogue/commands/quality-arguments.js';
import { runServiceScript } from './start/run-service-script.js';

const names = countries.map(({ folder }) => folder);

process.exitCode = await runServiceScript('quality', names, qualityUsage('italy'), qualityUsage);
