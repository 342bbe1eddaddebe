import { runCatalogue } from '../catalogue/service.js';
import { denmark } from './catalogue.js';

await runCatalogue(denmark);
