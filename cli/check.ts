/** `npm run check -- publiccode.yml …`: checks publiccode.yml files without a catalogue. */
import { runCheck } from '../services/catalogue/commands/check.js';

await runCheck();
