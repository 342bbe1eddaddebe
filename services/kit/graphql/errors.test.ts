import { GraphQLError } from 'graphql';

import { createErrorFormatter, InputError } from './errors.js';
import { silentLogger } from '../observability/logger.js';

/** A log that remembers what it was told as an error. */
function recordingLogger() {
  const logged: unknown[] = [];
  const error = (what: unknown): void => {
    logged.push(what);
  };
  return { logged, logger: Object.assign(Object.create(silentLogger) as typeof silentLogger, { error }) };
}

describe('an error on its way to the client', () => {
  let { logger, logged } = recordingLogger();
  let format = createErrorFormatter(logger);
  beforeEach(() => {
    ({ logger, logged } = recordingLogger());
    format = createErrorFormatter(logger);
  });

  it('is told as it is when the client was refused something', () => {
    const refusal = new InputError('INVALID_ID', '"x" is no id.');
    expect(format({ ...refusal.toJSON(), path: ['organisation'] }, refusal)).toEqual({
      message: '"x" is no id.',
      path: ['organisation'],
      extensions: { code: 'INVALID_ID' },
    });
    expect(logged).toEqual([]);
  });

  it('keeps the code of a refusal that Apollo Server calls a fault of validation', () => {
    const refusal = new InputError('INVALID_DATE', '"x" is no Date.');
    const validated = { ...refusal.toJSON(), extensions: { ...refusal.extensions, code: 'GRAPHQL_VALIDATION_FAILED' } };
    expect(format(validated, refusal).extensions).toEqual({ code: 'INVALID_DATE' });
  });

  it('keeps the code that somebody else gave it', () => {
    const error = new GraphQLError('Syntax Error', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    expect(format(error.toJSON(), error)).toEqual({
      message: 'Syntax Error',
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
    expect(logged).toEqual([]);
  });

  it('says nothing of what is inside when it was not foreseen; the log says it all', () => {
    const cause = new Error('password authentication failed for user "denmark" at 10.0.0.1:5432');
    const error = new GraphQLError(cause.message, { originalError: cause, path: ['denmark'] });
    const formatted = format(
      { ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: cause.stack?.split('\n') } },
      error,
    );
    expect(formatted).toEqual({
      message: 'This could not be answered because of a fault here. It has been logged.',
      path: ['denmark'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(logged).toEqual([{ err: cause, path: ['denmark'] }]);
  });

  it('is logged once a minute from the same place, whatever it says', () => {
    jest.useFakeTimers();
    const cause = new Error();
    const fail = (turn: number): string => {
      cause.message = `fault ${turn}`;
      return format({ message: '', extensions: { code: 'INTERNAL_SERVER_ERROR' } }, cause).message;
    };
    for (let turn = 0; turn < 100; turn += 1) expect(fail(turn)).toContain('It has been logged.');
    expect(logged).toHaveLength(1);
    jest.advanceTimersByTime(60_001);
    fail(100);
    expect(logged).toHaveLength(2);
    jest.useRealTimers();
  });
});
