import { runQuality } from '../catalogue/commands/quality.js';
import { denmark } from './catalogue.js';

await runQuality(denmark);
