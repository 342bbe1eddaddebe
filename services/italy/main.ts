import { runCatalogue } from '../catalogue/service.js';
import { italy } from './catalogue.js';

await runCatalogue(italy);
