import { runQuality } from '../catalogue/quality/command.js';
import { belgium } from './catalogue.js';

await runQuality(belgium);
