/** What bounds the reading of a feed: a country is a stranger. Tests take less. */
export interface Limits {
  /** So many entries are asked for at once. */
  readonly entries: number;
  /** A page may have so many bytes. */
  readonly bytes: number;
  /** A country may take so long to answer. */
  readonly answerMs: number;
  /** Such is the pause after a failure; it doubles with every further one, */
  readonly shortestPauseMs: number;
  /** until it is so long. */
  readonly longestPauseMs: number;
  /** After so many attempts an entry that its country cannot read is refused, so that the others come through. */
  readonly attempts: number;
}

export const standardLimits: Limits = {
  entries: 500,
  bytes: 32 * 1024 * 1024,
  answerMs: 30_000,
  shortestPauseMs: 500,
  longestPauseMs: 15_000,
  attempts: 8,
};
