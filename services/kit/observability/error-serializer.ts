/** An error as it is logged. */
export interface ErrorDescription {
  readonly type: string;
  /** A code of Node's or PostgreSQL's. */
  readonly code?: string | undefined;
  readonly message: string;
  /** The message and where it happened. */
  readonly stack: string;
}

/**
 * Reduces an error to what a log may contain: what happened, and where in the code. Errors of libraries have more properties, such
 * as the values of a statement or the body of a request, which must not be logged.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' };
  const { code } = error as { code?: unknown };
  const message = [error, ...getCauses(error)].map(getSafeMessage).join(': ');
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    message,
    stack: [`${error.name}: ${message}`, ...getStackFrames(error)].join('\n'),
  };
}

/** Where an error happened: the lines of its stack without its message. */
export const getStackFrames = ({ stack = '' }: Error): string[] =>
  stack.split('\n').filter((line) => /^\s+at /.test(line));

const maxCauses = 3;

function getCauses({ cause }: Error, max = maxCauses): Error[] {
  return cause instanceof Error && max > 0 ? [cause, ...getCauses(cause, max - 1)] : [];
}

/** PostgreSQL's data exceptions, class 22, quote the value that they are about: `invalid input syntax for type date: "…"`. */
function getSafeMessage(error: Error): string {
  const { code } = error as { code?: unknown };
  const quotesValue = typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
  return quotesValue ? error.message.replace(/".*"/s, '"…"') : error.message;
}
