import { runImport } from '../catalogue/import/command.js';
import { belgium } from './catalogue.js';

await runImport(belgium);
