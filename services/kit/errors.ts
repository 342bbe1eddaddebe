import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Logger } from './log.js';

/**
 * A refusal of what the client sent. `code` is stable and documented; the message names what was wrong and what is allowed.
 */
export class InputError extends GraphQLError {
  constructor(code: string, message: string) {
    // Apollo Server overwrites `code` when a refusal comes up while it validates a literal; `inputCode` survives that.
    super(message, { extensions: { code, inputCode: code } });
    this.name = 'InputError';
  }
}

/**
 * What a client is told of an error: refusals as they are; anything unforeseen without a word of what is inside. The log
 * gets the rest.
 */
export const formatErrorFor =
  (logger: Logger) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { inputCode, ...extensions } = formatted.extensions ?? {};
    delete extensions['stacktrace'];
    if (typeof inputCode === 'string') return { ...formatted, extensions: { ...extensions, code: inputCode } };
    if (extensions['code'] !== 'INTERNAL_SERVER_ERROR') return { ...formatted, extensions };
    logger.error({ err: unwrapResolverError(error), path: formatted.path }, 'an operation failed');
    return {
      ...formatted,
      message: 'This could not be answered because of a fault here. It has been logged.',
      extensions,
    };
  };
