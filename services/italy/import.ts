import { runImport } from '../catalogue/commands/import.js';
import { italy } from './catalogue.js';

await runImport(italy);
