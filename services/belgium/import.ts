import { runImport } from '../catalogue/commands/import.js';
import { belgium } from './catalogue.js';

await runImport(belgium);
