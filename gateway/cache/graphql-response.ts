import { hash } from 'node:crypto';

import type { RawHeaders } from '../../services/kit/http-error.js';

/** The response of an execution. */
export interface ExecutedResponse {
  readonly status: number;
  /** The headers that the execution set: mainly the content type. */
  readonly headers: RawHeaders;
  readonly body: Buffer;
  /** When the execution started, in milliseconds since 1970. No data in it is older. */
  readonly startedAt: number;
  /** For how many seconds it may be cached. Undefined: it is incomplete. */
  readonly maxAgeSeconds: number | undefined;
}

/** A response as it is sent, once or many times. */
export interface GraphQLResponse extends Pick<ExecutedResponse, 'status' | 'headers' | 'body' | 'startedAt'> {
  /** Until when it may be sent again without another execution, in milliseconds since 1970. */
  readonly freshUntil: number;
  /** Whether any cache may store it. False if it is incomplete or stale. */
  readonly isCacheable: boolean;
}

export function toGraphQLResponse({
  status,
  headers,
  body,
  startedAt,
  maxAgeSeconds,
}: ExecutedResponse): GraphQLResponse {
  const isCacheable = maxAgeSeconds !== undefined;
  const freshUntil = isCacheable ? Math.min(startedAt + maxAgeSeconds * 1000, nextMidnight(startedAt)) : startedAt;
  return { status, headers, body, startedAt, freshUntil, isCacheable };
}

/**
 * The body of a response, as it is cached. A short body is a part of a buffer of 8 KB, which it would keep in memory as a whole. It
 * is not copied before, because memory of its own takes longer than the rest of writing a short body.
 */
export function toOwnBuffer(body: Buffer): Buffer {
  if (body.buffer.byteLength === body.length) return body;
  const own = Buffer.allocUnsafeSlow(body.length);
  body.copy(own);
  return own;
}

const digests = new WeakMap<Buffer, string>();

/**
 * Returns the ETag of a body in a content coding: each form of a body has its own (RFC 9110, 8.8.3.3). Hashing takes longer
 * than finding the response in the cache, so it is done on demand, and once.
 */
export function getEtag({ body }: GraphQLResponse, coding?: string): string {
  const digest = digests.get(body) ?? hash('sha256', body, 'base64url');
  digests.set(body, digest);
  return coding === undefined ? `"${digest}"` : `"${digest}-${coding}"`;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Returns when the day ends, in UTC: most responses describe the present day. */
export const nextMidnight = (time: number): number => (Math.floor(time / dayMs) + 1) * dayMs;

/**
 * Caches between the gateway and its clients do not learn of changes in a country, so they revalidate soon. ETags make that
 * cheap.
 */
const maxDownstreamSeconds = 5;

/**
 * Returns the headers for caches between the gateway and its clients. `max-age` counts from the execution, as `Age` does:
 * the difference is the remaining time.
 */
export function toCacheHeaders({ startedAt, freshUntil, isCacheable }: GraphQLResponse, now: number): string[] {
  const age = Math.max(0, Math.floor((now - startedAt) / 1000));
  const ageHeader = age === 0 ? [] : ['age', String(age)];
  if (!isCacheable) return ['cache-control', 'no-store', ...ageHeader];
  const remaining = Math.max(0, Math.min(maxDownstreamSeconds, Math.floor((freshUntil - now) / 1000)));
  return ['cache-control', `public, max-age=${age + remaining}`, ...ageHeader];
}
