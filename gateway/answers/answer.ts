import { hash } from 'node:crypto';

import type { RawHeaders } from '../door/refusal.js';

/** What was made for a question. */
export interface Made {
  readonly status: number;
  /** What whoever made it says of it: its content type, above all. */
  readonly headers: RawHeaders;
  /** A text can be sent together with what goes before it; bytes need not be made anew each time. */
  readonly body: string | Buffer;
  /** When it was begun, in milliseconds since 1970. Nothing in it is older. */
  readonly madeAt: number;
  /** For how many seconds it may be given again. Undefined: it is not whole. */
  readonly keepFor: number | undefined;
}

/** An answer as it is sent, once or many times. */
export interface Answer extends Pick<Made, 'status' | 'headers' | 'body' | 'madeAt'> {
  /** Until when it may be given without asking anew. */
  readonly freshUntil: number;
  /** Names the body. Null: it is not whole, or no longer true, and not to be kept by anybody. */
  readonly etag: string | null;
}

export function toAnswer({ keepFor, ...made }: Made): Answer {
  if (keepFor === undefined) return { ...made, freshUntil: made.madeAt, etag: null };
  return {
    ...made,
    freshUntil: Math.min(made.madeAt + keepFor * 1000, midnightAfter(made.madeAt)),
    etag: `"${hash('sha256', made.body, 'base64url')}"`,
  };
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
export function cachingOf({ madeAt, freshUntil, etag }: Answer, now: number): string[] {
  const age = Math.max(0, Math.floor((now - madeAt) / 1000));
  const told = age === 0 ? [] : ['age', String(age)];
  if (etag === null) return ['cache-control', 'no-store', ...told];
  const left = Math.max(0, Math.min(longestElsewhere, Math.floor((freshUntil - now) / 1000)));
  return ['cache-control', `public, max-age=${age + left}`, 'etag', etag, ...told];
}
