import { runCatalogue } from '../catalogue/start.js';
import { italy } from './catalogue.js';

await runCatalogue(italy);
