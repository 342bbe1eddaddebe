import { runQuality } from '../catalogue/commands/quality.js';
import { italy } from './catalogue.js';

await runQuality(italy);
