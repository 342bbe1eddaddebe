import { runCatalogue } from '../catalogue/service.js';
import { belgium } from './catalogue.js';

await runCatalogue(belgium);
