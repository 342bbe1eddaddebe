import { hash } from 'node:crypto';

import type { RawHeaders } from '../request/http-error.js';

/** What was made for a question. */
export interface ExecutedResponse {
  readonly status: number;
  /** What whoever made it says of it: its content type, above all. */
  readonly headers: RawHeaders;
  readonly body: Buffer;
  /** When it was begun, in milliseconds since 1970. Nothing in it is older. */
  readonly startedAt: number;
  /** For how many seconds it may be given again. Undefined: it is not whole. */
  readonly maxAgeSeconds: number | undefined;
}

/** An answer as it is sent, once or many times. */
export interface GraphQLResponse extends Pick<ExecutedResponse, 'status' | 'headers' | 'body' | 'startedAt'> {
  /** Until when it may be given without asking anew. */
  readonly freshUntil: number;
  /** Whether anybody may keep it. Not when it is not whole, or no longer true. */
  readonly isCacheable: boolean;
}

export function toGraphQLResponse({
  status,
  headers,
  body,
  startedAt: madeAt,
  maxAgeSeconds: keepFor,
}: ExecutedResponse): GraphQLResponse {
  const isKeepable = keepFor !== undefined;
  const freshUntil = isKeepable ? Math.min(madeAt + keepFor * 1000, nextMidnight(madeAt)) : madeAt;
  return { status, headers, body, startedAt: madeAt, freshUntil, isCacheable: isKeepable };
}

const etags = new WeakMap<Buffer, string>();

/** Names a body. That takes longer than to find the body, so it is done for those who want to know, and once. */
export function getEtag({ body }: GraphQLResponse): string {
  const etag = etags.get(body) ?? `"${hash('sha256', body, 'base64url')}"`;
  etags.set(body, etag);
  return etag;
}

const dayMs = 24 * 60 * 60 * 1000;

/** When the day ends, in UTC as everywhere: most answers say how things are today. */
export const nextMidnight = (moment: number): number => (Math.floor(moment / dayMs) + 1) * dayMs;

/** Caches beyond the gateway are not told when a country changes something, so they ask again soon. An ETag makes that cheap. */
const maxDownstreamSeconds = 5;

/**
 * What is said to caches beyond the gateway. `max-age` counts from when the answer was made, as `Age` does: what is left is
 * the difference.
 */
export function toCacheHeaders(
  { startedAt: madeAt, freshUntil, isCacheable: isKeepable }: GraphQLResponse,
  now: number,
): string[] {
  const age = Math.max(0, Math.floor((now - madeAt) / 1000));
  const told = age === 0 ? [] : ['age', String(age)];
  if (!isKeepable) return ['cache-control', 'no-store', ...told];
  const left = Math.max(0, Math.min(maxDownstreamSeconds, Math.floor((freshUntil - now) / 1000)));
  return ['cache-control', `public, max-age=${age + left}`, ...told];
}
