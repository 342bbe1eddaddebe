import { runImport } from '../catalogue/import/command.js';
import { italy } from './catalogue.js';

await runImport(italy);
