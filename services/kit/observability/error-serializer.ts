/** An error as a log has it. */
export interface ErrorDescription {
  readonly type: string;
  /** A code of Node's or PostgreSQL's. */
  readonly code?: string | undefined;
  readonly message: string;
  /** The message and where it happened. */
  readonly stack: string;
}

/**
 * What a log is told of an error: what happened and where in the code. Errors of libraries carry more, such as the values of a
 * statement or the body of a request, which no log may hold.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' };
  const { code } = error as { code?: unknown };
  const message = [error, ...causesOf(error)].map(messageOf).join(': ');
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

const mostCauses = 3;

function causesOf({ cause }: Error, most = mostCauses): Error[] {
  return cause instanceof Error && most > 0 ? [cause, ...causesOf(cause, most - 1)] : [];
}

/** PostgreSQL's data exceptions, class 22, quote the value that they are about: `invalid input syntax for type date: "…"`. */
function messageOf(error: Error): string {
  const { code } = error as { code?: unknown };
  const quotesValue = typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
  return quotesValue ? error.message.replace(/".*"/s, '"…"') : error.message;
}
