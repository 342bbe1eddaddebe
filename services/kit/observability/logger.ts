import { destination, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

import { describeError } from './error-serializer.js';
import { currentRequest } from './request-context.js';
import { getTraceId } from './trace-context.js';

/** Structured log: JSON lines on standard output. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/**
 * Creates the log of a process. Each line that is logged during a request has its id. Lines are written synchronously: pino's own
 * buffering never ends if the reader of its output has died.
 */
export const createLogger = (name: string, output: DestinationStream = destination({ dest: 1, sync: true })): Logger =>
  pino({ name, base: { name }, serializers: { err: describeError }, mixin: getRequestIds }, output);

function getRequestIds(): object {
  const request = currentRequest();
  return request ? { requestId: request.requestId, traceId: getTraceId(request.traceparent) } : {};
}
