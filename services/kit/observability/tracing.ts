import type { ServerResponse } from 'node:http';

import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

import { onceClosed } from '../once-closed.js';
import { describeError } from './error-serializer.js';

/** Records spans. Undefined in most processes: then the functions here do nothing else than their work. */
let tracer: Tracer | undefined;

/** Sets the tracer that records spans from now on; undefined ends tracing. */
export function setTracer(next: Tracer | undefined): void {
  tracer = next;
  if (next) return;
  trace.disable();
  context.disable();
  propagation.disable();
}

/** Whether spans are recorded: otherwise what describes one is not computed. */
export const recordsSpans = (): boolean => tracer !== undefined;

/**
 * Runs `work` within a span, if spans are recorded. Attributes must not contain what a log must not contain: values of variables,
 * words of a search.
 *
 * @param kind `client` for a request to another process.
 */
export function withSpan<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
  kind: 'internal' | 'client' = 'internal',
): Promise<Result> {
  if (!tracer) return work();
  const options = { attributes, kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL };
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      recordFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Serves a request within a span that ends with its response.
 *
 * @param parent the caller's span, if the caller is trusted. Default: a new trace.
 */
export function withServerSpan(
  name: string,
  parent: string | undefined,
  response: ServerResponse,
  work: () => void,
): void {
  if (!tracer) {
    work();
    return;
  }
  const before = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, toSpanContext(parent));
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, before);
  onceClosed(response, () => {
    if (response.writableFinished) span.setAttribute('http.response.status_code', response.statusCode);
    else span.setStatus({ code: SpanStatusCode.ERROR, message: 'the client disconnected' });
    span.end();
  });
  context.with(trace.setSpan(before, span), work);
}

/** W3C Trace Context of the current span; undefined if none is recorded. */
export function currentTraceparent(): string | undefined {
  const span = tracer && trace.getActiveSpan()?.spanContext();
  return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

const toSpanContext = (traceparent: string): SpanContext => {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
};

function recordFailure(span: Span, error: unknown): void {
  const { type, code = type } = describeError(error);
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code);
}
