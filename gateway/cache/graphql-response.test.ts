import {
  toCacheHeaders,
  getEtag,
  type ExecutedResponse,
  nextMidnight,
  toGraphQLResponse,
  toOwnBuffer,
} from './graphql-response.js';

const noon = Date.UTC(2026, 10, 23, 12);
const made = (more: Partial<ExecutedResponse> = {}): ExecutedResponse => ({
  status: 200,
  headers: ['content-type', 'application/json'],
  body: Buffer.from('{"data":{}}'),
  startedAt: noon,
  maxAgeSeconds: 60,
  ...more,
});

/** The Cache-Control of a response, so many seconds after it was created. */
const cacheHeaders = (seconds: number, more: Partial<ExecutedResponse> = {}): Record<string, string> => {
  const headers = toCacheHeaders(toGraphQLResponse(made(more)), noon + seconds * 1000);
  return Object.fromEntries(
    headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as const] : [])),
  );
};

it('allows downstream caches a few seconds at a time, while the gateway may serve the response', () => {
  expect(cacheHeaders(0)).toMatchObject({ 'cache-control': 'public, max-age=5' });
  expect(cacheHeaders(20)).toMatchObject({ 'cache-control': 'public, max-age=25', age: '20' });
  expect(cacheHeaders(57)).toMatchObject({ 'cache-control': 'public, max-age=60', age: '57' });
  expect(cacheHeaders(90)).toMatchObject({ 'cache-control': 'public, max-age=90', age: '90' });
});

it('gives a response with max age 0 no time in downstream caches', () => {
  expect(cacheHeaders(0, { maxAgeSeconds: 0 })).toMatchObject({ 'cache-control': 'public, max-age=0' });
});

it('forbids to store an incomplete response', () => {
  expect(cacheHeaders(0, { maxAgeSeconds: undefined })).toEqual({ 'cache-control': 'no-store' });
});

it('derives the ETag from the body', () => {
  const etag = getEtag(toGraphQLResponse(made()));
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  expect(getEtag(toGraphQLResponse(made({ startedAt: noon + 30_000, body: Buffer.from('{"data":{}}') })))).toBe(etag);
  expect(getEtag(toGraphQLResponse(made({ body: Buffer.from('{"data":null}') })))).not.toBe(etag);
  expect(getEtag(toGraphQLResponse(made()), 'br')).toBe(`${etag.slice(0, -1)}-br"`);
});

it('gives no negative age if the clock is set back', () => {
  expect(cacheHeaders(-30)).not.toHaveProperty('age');
});

it('keeps a response fresh until midnight at most', () => {
  const madeAt = Date.UTC(2026, 10, 23, 23, 59, 58);
  expect(toGraphQLResponse(made({ startedAt: madeAt })).freshUntil).toBe(Date.UTC(2026, 10, 24));
  expect(nextMidnight(Date.UTC(2026, 10, 24))).toBe(Date.UTC(2026, 10, 25));
});

it('toOwnBuffer copies a body that is a part of a larger buffer, and no other', () => {
  const body = toOwnBuffer(Buffer.from('{"name":"Aarhus Kommune, Ærø"}'));
  expect(body.toString()).toBe('{"name":"Aarhus Kommune, Ærø"}');
  expect(body.buffer.byteLength).toBe(body.length);
  expect(toOwnBuffer(body)).toBe(body);
});
