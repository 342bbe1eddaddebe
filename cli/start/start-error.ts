/** A failure to start that the user can correct: printed as its message, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
