/** What bounds the reading of a feed: a country is a stranger. Tests take less. */
export interface FeedLimits {
  /** So many entries are asked for at once. */
  readonly pageSize: number;
  /** A page may have so many bytes. */
  readonly maxPageBytes: number;
  /** A country may take so long to answer. */
  readonly timeoutMs: number;
  /** Such is the pause after a failure; it doubles with every further one, */
  readonly initialRetryMs: number;
  /** until it is so long. */
  readonly maxRetryMs: number;
  /** After so many attempts an entry that its country cannot read is refused, so that the others come through. */
  readonly maxAttempts: number;
}

export const defaultFeedLimits: FeedLimits = {
  pageSize: 500,
  maxPageBytes: 32 * 1024 * 1024,
  timeoutMs: 30_000,
  initialRetryMs: 500,
  maxRetryMs: 15_000,
  maxAttempts: 8,
};
