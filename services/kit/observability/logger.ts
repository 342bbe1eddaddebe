import { destination, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

import { describeError } from './error-serializer.js';
import { currentRequest } from './request-context.js';
import { getTraceId } from './trace-context.js';

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

/** Creates the log of a process. Each line that is logged during a request has its id. */
export const createLogger = (name: string, output: DestinationStream = openLogOutput()): Logger =>
  pino({ name, base: { name }, serializers: { err: describeError }, mixin: getRequestIds }, output);

function getRequestIds(): object {
  const request = currentRequest();
  return request ? { requestId: request.requestId, traceId: getTraceId(request.traceparent) } : {};
}
