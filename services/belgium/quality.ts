import { runQuality } from '../catalogue/commands/quality.js';
import { belgium } from './catalogue.js';

await runQuality(belgium);
