/** Limits of reading a country's feed, which is untrusted input. Tests use smaller ones. */
export interface FeedLimits {
  /** Entries requested per page. */
  readonly pageSize: number;
  /** Maximum size of a page in bytes. */
  readonly maxPageBytes: number;
  /** Timeout of one request. */
  readonly timeoutMs: number;
  /** Initial retry delay; doubles after each failure. */
  readonly initialRetryMs: number;
  /** Maximum retry delay. */
  readonly maxRetryMs: number;
  /** Attempts to get a page without errors; then the entries that the country cannot read are rejected and the others taken. */
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
