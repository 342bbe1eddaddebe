import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { currentRequest, createRequestContext, runInContext, defaultDeadlineMs } from './request-context.js';
import { parseRequestId, parseTraceparent, getTraceId } from './trace-context.js';

const respond = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const headers = { 'x-request-id': 'asked-1', traceparent, 'x-deadline-ms': '50' };

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
    ['a stranger, whatever it says', headers, false],
    ['whoever says nothing', {}, true],
    ['whoever says no number', { 'x-deadline-ms': '1e9' }, true],
    ['whoever says two', { 'x-deadline-ms': ['1', '2'] }, true],
  ])('is the standard for %s', (_who, told, isTrusted) => {
    const { signal } = createRequestContext({ headers: told }, respond(), isTrusted);
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

  it('does not run any more when the answer has gone out', () => {
    const response = Object.defineProperty(respond(), 'writableFinished', { value: true });
    const { signal } = createRequestContext({ headers }, response, true);
    response.emit('close');
    expect(signal.aborted).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the name of a request and its trace', () => {
  const named = (told: object, isTrusted: boolean) => {
    const response = respond();
    const scope = createRequestContext({ headers: told as typeof headers }, response, isTrusted);
    response.emit('close');
    return scope;
  };

  it('are the gateway’s', () => {
    const scope = named(headers, true);
    expect(scope.requestId).toBe('asked-1');
    expect(scope.traceparent).toBe(traceparent);
  });

  it.each([
    ['a stranger', headers, false],
    ['nonsense', { 'x-request-id': 'a b', traceparent: '00-1-2-3' }, true],
  ])('are made here for %s', (_who, told, isTrusted) => {
    const scope = named(told, isTrusted);
    expect([headers['x-request-id'], 'a b']).not.toContain(scope.requestId);
    expect(parseRequestId(scope.requestId)).toBeDefined();
    expect(parseTraceparent(scope.traceparent)).toBeDefined();
    expect(getTraceId(scope.traceparent)).not.toBe(getTraceId(traceparent));
  });
});

it('a request is known to all that is done for it, and to nothing else', async () => {
  const responses = [respond(), respond()];
  const [one, other] = responses.map((response) => createRequestContext({ headers: {} }, response, false));
  if (!one || !other) throw new Error('there are two');
  const later = async (): Promise<unknown> => {
    await Promise.resolve();
    return currentRequest();
  };
  expect(await Promise.all([runInContext(one, later), runInContext(other, later), later()])).toEqual([
    one,
    other,
    undefined,
  ]);
  for (const response of responses) response.emit('close');
});
