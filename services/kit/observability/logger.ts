import { destination, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

import { describeError } from './error-serializer.js';

/** Structured log: JSON lines on standard output. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/** Lines that cannot be written wait for room, up to this size. */
const maxWaitingBytes = 1024 * 1024;

/**
 * Opens the output of a log, by default standard output. Lines are written synchronously: pino's own buffering never ends if the
 * reader of its output has died. A full disk must not end the process: lines wait, and the latest are lost.
 */
export function openLogOutput(dest: number | string = 1): ReturnType<typeof destination> {
  const output = destination({ dest, sync: true, maxLength: maxWaitingBytes });
  output.on('error', () => undefined);
  return output;
}

/** Creates the log of a process. */
export const createLogger = (name: string, output: DestinationStream = openLogOutput()): Logger =>
  pino({ name, base: { name }, serializers: { err: describeError } }, output);
