import { pino } from 'pino';

import type { Logger } from '../observability/logger.js';

/** A log without output. */
export const silentLogger: Logger = pino({ level: 'silent' });
