/** Why a country's feed is not followed as it should be. */
export type FeedProblemCode =
  | 'UNREACHABLE'
  | 'INVALID_PAGE'
  | 'NOT_ADVANCING'
  | 'NOT_ENDING'
  | 'RESTARTING'
  | 'GROWTH_LIMIT';

/** A problem of a country's feed. Its message is public, and so contains nothing that the country or the network has sent. */
export class FeedProblemError extends Error {
  readonly code: FeedProblemCode;

  constructor(code: FeedProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
