/** Limits of reading a country's feed, which is untrusted input. Tests use smaller ones. */
export interface FeedLimits {
  /** Entries requested per page. */
  readonly pageSize: number;
  /** Maximum size of a page in bytes. */
  readonly maxPageBytes: number;
  /** Maximum number of JSON values in a page: parsing many small ones takes far more memory and time than their bytes. */
  readonly maxPageValues: number;
  /** Timeout of one request. */
  readonly timeoutMs: number;
  /** Initial retry delay; doubles after each failure. */
  readonly initialRetryMs: number;
  /** Maximum retry delay. */
  readonly maxRetryMs: number;
  /** Attempts to get a page without errors; then the entries that the country cannot read are rejected and the others taken. */
  readonly maxAttempts: number;
  /** Minimum time between the starts of two requests to one country. Writing a full page takes longer. */
  readonly minRequestIntervalMs: number;
  /** Maximum bytes per second from one country; the next request waits until a large page has taken its time. */
  readonly maxBytesPerSecond: number;
  /**
   * The pause after a page that another one follows, as a multiple of the time that it took, so that what suddenly grows leaves most of
   * the database's time to requests. Not before a feed was read to its end, for which everything waits.
   */
  readonly restFactor: number;
  /** Maximum of that pause. */
  readonly maxRestMs: number;
  /** Pages of one country in a round. */
  readonly maxRoundPages: number;
  /** Pause after a round that did not reach the end of the feed. */
  readonly roundPauseMs: number;
  /**
   * Entries that may be requested beyond four times the size of the catalogue, on pages that add hardly anything, before the feed
   * counts as one that does not end. A feed that is read from its start may contain that many deletions.
   */
  readonly maxRepeatedEntries: number;
  /**
   * Restarts of a feed within `restartWindowMs` before it counts as one that restarts again and again. A restored backup or a new
   * release restarts it once; a `feedId` that each response makes up, or each of several servers, restarts it with every page.
   */
  readonly maxRestarts: number;
  readonly restartWindowMs: number;
  /** Pause after each page of a feed that does not end. */
  readonly endlessPauseMs: number;
  /** How many entries a catalogue may have at any pace; its objects only until it is read to its end for the first time. */
  readonly maxFirstEntries: number;
  /**
   * By how much the objects of a catalogue may grow in a day, and beyond `maxFirstEntries` all of its entries: by this number, or by
   * this part of its size, whichever is more.
   */
  readonly maxDailyEntries: number;
  readonly maxDailyGrowth: number;
}

export const defaultFeedLimits: FeedLimits = {
  pageSize: 1000,
  maxPageBytes: 8 * 1024 * 1024,
  maxPageValues: 1_000_000,
  timeoutMs: 30_000,
  initialRetryMs: 500,
  maxRetryMs: 15_000,
  maxAttempts: 8,
  minRequestIntervalMs: 50,
  maxBytesPerSecond: 16 * 1024 * 1024,
  restFactor: 3,
  maxRestMs: 2_000,
  maxRoundPages: 100,
  roundPauseMs: 500,
  maxRepeatedEntries: 100_000,
  maxRestarts: 3,
  restartWindowMs: 600_000,
  endlessPauseMs: 1_000,
  maxFirstEntries: 200_000,
  maxDailyEntries: 10_000,
  maxDailyGrowth: 0.5,
};
