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

import { describeError } from './error-serializer.js';

/** What records spans. Undefined in most processes, for which nothing here does anything. */
let tracer: Tracer | undefined;

/** Sets what records spans from now on; undefined ends it. */
export function setTracer(next: Tracer | undefined): void {
  tracer = next;
  if (next) return;
  trace.disable();
  context.disable();
  propagation.disable();
}

/**
 * Does some work within a span, if anybody records spans. Attributes may hold nothing that a log may not: no values of variables,
 * no words of a search.
 *
 * @param kind `client` for what another process is asked.
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
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Serves a request within a span that ends with its answer.
 *
 * @param parent the caller's place in its trace, if it is to be believed. Default: a trace begins here.
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
  const before = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, placeOf(parent));
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, before);
  response.once('close', () => {
    if (response.writableFinished) span.setAttribute('http.response.status_code', response.statusCode);
    else span.setStatus({ code: SpanStatusCode.ERROR, message: 'the client left' });
    span.end();
  });
  context.with(trace.setSpan(before, span), work);
}

/** W3C Trace Context of the span that the caller is in, for whom it asks; undefined when none is recorded. */
export function currentTraceparent(): string | undefined {
  const place = tracer && trace.getActiveSpan()?.spanContext();
  return place && `00-${place.traceId}-${place.spanId}-${place.traceFlags.toString(16).padStart(2, '0')}`;
}

const placeOf = (traceparent: string): SpanContext => {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
};

function fail(span: Span, error: unknown): void {
  const { type, code = type } = describeError(error);
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code);
}
