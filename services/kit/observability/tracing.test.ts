import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

import { currentTraceparent, setTracer, withServerSpan, withSpan } from './tracing.js';

const respond = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

describe('where spans are recorded', () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(() => {
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
    setTracer(provider.getTracer('tests'));
  });
  beforeEach(() => {
    exporter.reset();
  });
  afterAll(() => {
    setTracer(undefined);
  });

  it('work within work is a span within a span, also side by side', async () => {
    const step = (name: string) => withSpan(name, { name }, async () => Promise.resolve(name));
    expect(await withSpan('plan', {}, () => Promise.all([step('a'), step('b')]))).toEqual(['a', 'b']);
    const [a, b, plan] = exporter.getFinishedSpans();
    expect([a?.name, b?.name, plan?.name]).toEqual(['a', 'b', 'plan']);
    for (const span of [a, b]) expect(span?.parentSpanContext?.spanId).toBe(plan?.spanContext().spanId);
  });

  it('currentTraceparent returns the current span, to be sent to other processes', async () => {
    const sent = await withSpan('fetch', {}, () => Promise.resolve(currentTraceparent()), 'client');
    const [span] = exporter.getFinishedSpans();
    expect(sent).toBe(`00-${span?.spanContext().traceId ?? ''}-${span?.spanContext().spanId ?? ''}-01`);
    expect(currentTraceparent()).toBeUndefined();
  });

  it('withSpan records a failure, and rejects', async () => {
    const failure = new TypeError('of a value');
    await expect(withSpan('plan', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    const [span] = exporter.getFinishedSpans();
    expect(span?.status).toEqual({ code: 2 });
    expect(span?.attributes).toEqual({ 'error.type': 'TypeError' });
  });

  it('withServerSpan ends the span when the client disconnects', () => {
    const response = respond();
    withServerSpan('GET /graphql', undefined, response, () => undefined);
    expect(exporter.getFinishedSpans()).toEqual([]);
    response.emit('close');
    expect(exporter.getFinishedSpans()[0]?.status).toEqual({ code: 2, message: 'the client disconnected' });
  });
});

it('where none are recorded, work is done all the same', async () => {
  let isServed = false;
  withServerSpan('GET /graphql', undefined, respond(), () => {
    isServed = true;
  });
  expect(isServed).toBe(true);
  expect(await withSpan('plan', {}, () => Promise.resolve(currentTraceparent() ?? 'no place'))).toBe('no place');
});
