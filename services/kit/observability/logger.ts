import { destination, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

import { describeError } from './error-serializer.js';
import { currentRequest } from './request-context.js';
import { getTraceId } from './trace-context.js';

/** Structured log: JSON lines on standard output. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/**
 * The log of a process. What is said while a request is served names it. Written at once: pino's own buffering never ends when
 * the reader of its output has died.
 */
export const createLogger = (name: string, output: DestinationStream = destination({ dest: 1, sync: true })): Logger =>
  pino({ name, base: { name }, serializers: { err: describeError }, mixin: nameRequest }, output);

function nameRequest(): object {
  const request = currentRequest();
  return request ? { requestId: request.requestId, traceId: getTraceId(request.traceparent) } : {};
}

/** A log that nobody reads, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
