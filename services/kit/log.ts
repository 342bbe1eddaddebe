import { type Logger as PinoLogger, pino } from 'pino';

/** Structured log: JSON lines on standard output. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/** The log of a process. */
export const createLogger = (name: string): Logger => pino({ name, base: { name } });

/** A log that nobody reads, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
