import { runCatalogue } from '../catalogue/start.js';
import { denmark } from './catalogue.js';

await runCatalogue(denmark);
