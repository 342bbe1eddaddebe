import { runImport } from '../catalogue/commands/import.js';
import { denmark } from './catalogue.js';

await runImport(denmark);
