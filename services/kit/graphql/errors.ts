import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';

import { getStackFrames } from '../observability/error-serializer.js';
import type { Logger } from '../observability/logger.js';

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

/** The same fault is told once in a minute: whoever has found a question that brings it about can ask it again and again. */
const silenceMs = 60_000;
const mostFaults = 200;

/**
 * What a client is told of an error: refusals as they are; anything unforeseen without a word of what is inside. The log
 * gets the rest.
 */
export function createErrorFormatter(
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const toldAt = new LRUCache<string, number>({ max: mostFaults });
  const tell = (fault: unknown, path: GraphQLFormattedError['path']): void => {
    const place = fault instanceof Error ? getStackFrames(fault).join() : typeof fault;
    if (Date.now() - (toldAt.get(place) ?? 0) < silenceMs) return;
    toldAt.set(place, Date.now());
    logger.error({ err: fault, path }, 'an operation failed');
  };
  return (formatted, error) => {
    const { inputCode, ...extensions } = formatted.extensions ?? {};
    delete extensions['stacktrace'];
    if (typeof inputCode === 'string') return { ...formatted, extensions: { ...extensions, code: inputCode } };
    if (extensions['code'] !== 'INTERNAL_SERVER_ERROR') return { ...formatted, extensions };
    tell(unwrapResolverError(error), formatted.path);
    return {
      ...formatted,
      message: 'This could not be answered because of a fault here. It has been logged.',
      extensions,
    };
  };
}
