import { destination, type Logger as PinoLogger, pino } from 'pino';

/** Structured log: JSON lines on standard output. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/** The log of a process. Written at once: pino's own buffering never ends when the reader of its output has died. */
export const createLogger = (name: string): Logger =>
  pino({ name, base: { name } }, destination({ dest: 1, sync: true }));

/** A log that nobody reads, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
