import type { RequestContext } from '../observability/request-context.js';

/** A request of a test. */
export const testRequest = (signal: AbortSignal = new AbortController().signal): RequestContext => ({
  requestId: 'test',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  signal,
});
