import { runQuality } from '../catalogue/quality/command.js';
import { italy } from './catalogue.js';

await runQuality(italy);
