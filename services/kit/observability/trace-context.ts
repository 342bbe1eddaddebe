import { randomFillSync, randomUUID } from 'node:crypto';

/** A header as Node gives it. */
export type HeaderValue = string | readonly string[] | undefined;

/** Version, trace, place in it, flags. All zeros are no trace and no place, and there is no version ff. */
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** W3C Trace Context as somebody sent it, or undefined when it is none. */
export const parseTraceparent = (header: HeaderValue): string | undefined =>
  typeof header === 'string' && traceparent.test(header) ? header : undefined;

/** A trace that begins here. Whoever records spans is asked to record it, or not to. */
export const newTraceparent = (isRecorded = true): string =>
  `00-${randomHex(16)}-${randomHex(8)}-${isRecorded ? '01' : '00'}`;

/** The next place in the trace of a valid `traceparent`. */
export const childTraceparent = (parent: string): string =>
  `00-${getTraceId(parent)}-${randomHex(8)}-${parent.slice(-2)}`;

/** Names the trace of a valid `traceparent`. */
export const getTraceId = (valid: string): string => valid.slice(3, 35);

/** Names a request as somebody sent it, or undefined when the name could be taken for anything else in a log. */
export const parseRequestId = (header: HeaderValue): string | undefined =>
  typeof header === 'string' && /^[\w-]{1,64}$/.test(header) ? header : undefined;

/** Names a request that nobody has named. */
export const newRequestId = (): string => randomUUID();

/** Drawn in stock: a system call for each would be dear. */
const stock = Buffer.alloc(4_096);
let used = stock.length;

/** All zeros would be no name; that comes once in as many requests as nobody will ever have. */
function randomHex(bytes: 8 | 16): string {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += bytes;
  return stock.toString('hex', used - bytes, used);
}
