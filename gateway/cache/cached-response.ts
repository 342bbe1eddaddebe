import { hash } from 'node:crypto';

import type { RawHeaders } from '../request/http-error.js';

/** What was made for a question. */
export interface Made {
  readonly status: number;
  /** What whoever made it says of it: its content type, above all. */
  readonly headers: RawHeaders;
  readonly body: Buffer;
  /** When it was begun, in milliseconds since 1970. Nothing in it is older. */
  readonly madeAt: number;
  /** For how many seconds it may be given again. Undefined: it is not whole. */
  readonly keepFor: number | undefined;
}

/** An answer as it is sent, once or many times. */
export interface Answer extends Pick<Made, 'status' | 'headers' | 'body' | 'madeAt'> {
  /** Until when it may be given without asking anew. */
  readonly freshUntil: number;
  /** Whether anybody may keep it. Not when it is not whole, or no longer true. */
  readonly isKeepable: boolean;
}

export function toAnswer({ status, headers, body, madeAt, keepFor }: Made): Answer {
  const isKeepable = keepFor !== undefined;
  const freshUntil = isKeepable ? Math.min(madeAt + keepFor * 1000, midnightAfter(madeAt)) : madeAt;
  return { status, headers, body, madeAt, freshUntil, isKeepable };
}

const etags = new WeakMap<Buffer, string>();

/** Names a body. That takes longer than to find the body, so it is done for those who want to know, and once. */
export function etagOf({ body }: Answer): string {
  const etag = etags.get(body) ?? `"${hash('sha256', body, 'base64url')}"`;
  etags.set(body, etag);
  return etag;
}

const dayMs = 24 * 60 * 60 * 1000;

/** When the day ends, in UTC as everywhere: most answers say how things are today. */
export const midnightAfter = (moment: number): number => (Math.floor(moment / dayMs) + 1) * dayMs;

/** Caches beyond the gateway are not told when a country changes something, so they ask again soon. An ETag makes that cheap. */
const longestElsewhere = 5;

/**
 * What is said to caches beyond the gateway. `max-age` counts from when the answer was made, as `Age` does: what is left is
 * the difference.
 */
export function cachingOf({ madeAt, freshUntil, isKeepable }: Answer, now: number): string[] {
  const age = Math.max(0, Math.floor((now - madeAt) / 1000));
  const told = age === 0 ? [] : ['age', String(age)];
  if (!isKeepable) return ['cache-control', 'no-store', ...told];
  const left = Math.max(0, Math.min(longestElsewhere, Math.floor((freshUntil - now) / 1000)));
  return ['cache-control', `public, max-age=${age + left}`, ...told];
}
