/** Something that the person who starts the graph can put right: reported as its message, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
