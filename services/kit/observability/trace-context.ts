import { randomFillSync, randomUUID } from 'node:crypto';

/** A header as Node gives it. */
export type HeaderValue = string | readonly string[] | undefined;

/** Version, trace id, span id, flags. All zeros are not a valid id, and ff is not a valid version. */
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Parses W3C Trace Context; undefined if it is not valid. */
export const parseTraceparent = (header: HeaderValue): string | undefined =>
  typeof header === 'string' && traceparent.test(header) ? header : undefined;

/** Starts a trace. The flag requests that its spans are recorded, or that they are not. */
export const newTraceparent = (isRecorded = true): string =>
  `00-${randomHex(16)}-${randomHex(8)}-${isRecorded ? '01' : '00'}`;

/** A new span in the trace of a valid `traceparent`. */
export const childTraceparent = (parent: string): string =>
  `00-${getTraceId(parent)}-${randomHex(8)}-${parent.slice(-2)}`;

/** The trace id of a valid `traceparent`. */
export const getTraceId = (valid: string): string => valid.slice(3, 35);

/** Parses the id of a request; undefined if it could be mistaken for anything else in a log. */
export const parseRequestId = (header: HeaderValue): string | undefined =>
  typeof header === 'string' && /^[\w-]{1,64}$/.test(header) ? header : undefined;

/** Generates the id of a request. */
export const newRequestId = (): string => randomUUID();

/** Random bytes in reserve: a system call for each id would be expensive. */
const reserve = Buffer.alloc(4_096);
let used = reserve.length;

/** All zeros would not be a valid id; the probability is negligible. */
function randomHex(bytes: 8 | 16): string {
  if (used + bytes > reserve.length) {
    randomFillSync(reserve);
    used = 0;
  }
  used += bytes;
  return reserve.toString('hex', used - bytes, used);
}
