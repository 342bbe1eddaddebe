import { runQuality } from '../catalogue/quality/command.js';
import { denmark } from './catalogue.js';

await runQuality(denmark);
