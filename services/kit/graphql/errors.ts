import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { getStackFrames } from '../observability/error-serializer.js';
import type { Logger } from '../observability/logger.js';
import { createRateLimitedLog } from '../observability/rate-limited-log.js';

/** The input of a client is rejected. `code` is stable and documented; the message states what is wrong and what is allowed. */
export class InputError extends GraphQLError {
  constructor(code: string, message: string) {
    // Apollo Server overwrites `code` if the error is thrown while it validates a literal; `inputCode` survives that.
    super(message, { extensions: { code, inputCode: code } });
    this.name = 'InputError';
  }
}

/** An internal error is logged once a minute: a client that has found an operation that causes it can repeat it. */
const internalErrorLog = { intervalMs: 60_000, maxKinds: 200 } as const;

/**
 * Formats errors for the client: rejected input unchanged, an internal error without its details, which are logged.
 *
 * @param toLogIds what identifies the request of an error in the log. Default: nothing.
 */
export function createErrorFormatter(
  logger: Logger,
  toLogIds: (error: unknown) => object = () => ({}),
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const logOnce = createRateLimitedLog(internalErrorLog);
  const logInternalError = (reported: unknown, path: GraphQLFormattedError['path']): void => {
    const error = unwrapResolverError(reported);
    const origin = error instanceof Error ? getStackFrames(error).join() : typeof error;
    logOnce(origin, (suppressed) => {
      logger.error({ err: error, path, suppressed, ...toLogIds(reported) }, 'an operation failed');
    });
  };
  return (received, error) => {
    const formatted = shorten(received);
    const { inputCode, ...extensions } = formatted.extensions ?? {};
    delete extensions['stacktrace'];
    if (typeof inputCode === 'string') return { ...formatted, extensions: { ...extensions, code: inputCode } };
    if (extensions['code'] !== 'INTERNAL_SERVER_ERROR') return { ...formatted, extensions };
    if (isInvalidArgument(error)) return { ...formatted, extensions: { ...extensions, code: 'BAD_USER_INPUT' } };
    logInternalError(error, formatted.path);
    return {
      ...formatted,
      message: 'This field could not be resolved because of an internal error. It has been logged.',
      extensions,
    };
  };
}

/**
 * Whether graphql-js raised an error during execution because of an argument. Validation allows a variable with a default as a
 * non-null argument, although a client may set it to null. graphql-js gives its errors no code; Apollo Server recognises those of
 * variables by their messages as well.
 */
function isInvalidArgument(error: unknown): boolean {
  const origin = unwrapResolverError(error);
  return (
    origin instanceof GraphQLError &&
    /^Argument "\w+" (?:of (?:required|non-null) type ".+?" (?:must not be null|was )|has invalid value )/.test(
      origin.message,
    )
  );
}

/** Errors may repeat what a client sent: its names, its values, the places of its mistakes. */
const maxMessageLength = 1_000;
const maxLocations = 10;

const shorten = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  ...(error.message.length > maxMessageLength && { message: `${error.message.slice(0, maxMessageLength)}…` }),
  ...(error.locations && { locations: error.locations.slice(0, maxLocations) }),
});
