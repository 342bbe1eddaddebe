import { runCatalogue } from '../catalogue/start.js';
import { belgium } from './catalogue.js';

await runCatalogue(belgium);
