import { runImport } from '../catalogue/import/command.js';
import { denmark } from './catalogue.js';

await runImport(denmark);
