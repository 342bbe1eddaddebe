import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { createRequestContext, defaultDeadlineMs, toLogIds } from './request-context.js';
import { parseRequestId, parseTraceparent, getTraceId } from './trace-context.js';

const respond = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const headers = { 'x-request-id': 'request-1', traceparent, 'x-deadline-ms': '50' };

describe('the time of a request', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is what the gateway has left', () => {
    const { signal } = createRequestContext({ headers }, respond(), true);
    jest.advanceTimersByTime(49);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ extensions: { code: 'DEADLINE_EXCEEDED' } });
  });

  it.each([
    ['an untrusted sender, whatever its headers', headers, false],
    ['a sender without the header', {}, true],
    ['a header that is not a number', { 'x-deadline-ms': '1e9' }, true],
    ['two headers', { 'x-deadline-ms': ['1', '2'] }, true],
  ])('is the default for %s', (_sender, sent, isTrusted) => {
    const { signal } = createRequestContext({ headers: sent }, respond(), isTrusted);
    jest.advanceTimersByTime(defaultDeadlineMs - 1);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  });

  it('is over when the client leaves', () => {
    const response = respond();
    const { signal } = createRequestContext({ headers }, response, true);
    response.emit('close');
    expect(signal.aborted).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends when the response has been sent', () => {
    const response = Object.defineProperty(respond(), 'writableFinished', { value: true });
    const { signal } = createRequestContext({ headers }, response, true);
    response.emit('close');
    expect(signal.aborted).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the name of a request and its trace', () => {
  const create = (sent: object, isTrusted: boolean) => {
    const response = respond();
    const context = createRequestContext({ headers: sent as typeof headers }, response, isTrusted);
    response.emit('close');
    return context;
  };

  it('are the gateway’s', () => {
    const context = create(headers, true);
    expect(context.requestId).toBe('request-1');
    expect(context.traceparent).toBe(traceparent);
  });

  it.each([
    ['a stranger', headers, false],
    ['nonsense', { 'x-request-id': 'a b', traceparent: '00-1-2-3' }, true],
  ])('are generated for %s', (_sender, sent, isTrusted) => {
    const context = create(sent, isTrusted);
    expect([headers['x-request-id'], 'a b']).not.toContain(context.requestId);
    expect(parseRequestId(context.requestId)).toBeDefined();
    expect(parseTraceparent(context.traceparent)).toBeDefined();
    expect(getTraceId(context.traceparent)).not.toBe(getTraceId(traceparent));
  });
});

it('the log names a request by its id and its trace', () => {
  const response = respond();
  expect(toLogIds(createRequestContext({ headers }, response, true))).toEqual({
    requestId: 'request-1',
    traceId: getTraceId(traceparent),
  });
  expect(toLogIds(undefined)).toEqual({});
  response.emit('close');
});
