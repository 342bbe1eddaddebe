import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** A content coding of compressed responses (RFC 9110, 8.4.1). */
export type ContentCoding = 'br' | 'gzip';

/** Browsers and libraries send few different headers; parsing one takes longer than finding it. */
const known = new LRUCache<string, ContentCoding | 'identity'>({ max: 100 });
const maxKnownLength = 200;

/**
 * Returns the content coding for a client: Brotli if the client accepts it, because it compresses best.
 *
 * @param acceptEncoding the `Accept-Encoding` header of the request.
 * @returns undefined if the response is not to be compressed.
 */
export function chooseContentCoding(acceptEncoding: string | undefined): ContentCoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  const coding = known.get(acceptEncoding) ?? negotiate(acceptEncoding);
  if (acceptEncoding.length <= maxKnownLength) known.set(acceptEncoding, coding);
  return coding === 'identity' ? undefined : coding;
}

function negotiate(acceptEncoding: string): ContentCoding | 'identity' {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } });
  const accepted = negotiator.encodings(['br', 'gzip', 'identity']);
  if (accepted[0] === 'identity') return 'identity';
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity';
}
