import { buildSchema, execute, graphql, GraphQLError, parse } from 'graphql';

import { createErrorFormatter, InputError } from './errors.js';
import { silentLogger } from '../testing/silent-logger.js';

/** A logger that records errors. */
function recordingLogger() {
  const logged: unknown[] = [];
  const error = (entry: unknown): void => {
    logged.push(entry);
  };
  return { logged, logger: Object.assign(Object.create(silentLogger) as typeof silentLogger, { error }) };
}

describe('createErrorFormatter', () => {
  let { logger, logged } = recordingLogger();
  let format = createErrorFormatter(logger);
  beforeEach(() => {
    ({ logger, logged } = recordingLogger());
    format = createErrorFormatter(logger);
  });

  it('leaves an InputError unchanged, and does not log it', () => {
    const rejected = new InputError('INVALID_ID', '"x" is not a valid id.');
    expect(format({ ...rejected.toJSON(), path: ['organisation'] }, rejected)).toEqual({
      message: '"x" is not a valid id.',
      path: ['organisation'],
      extensions: { code: 'INVALID_ID' },
    });
    expect(logged).toEqual([]);
  });

  it.each([
    ['a(id: $id)', { id: null }],
    ['a(id: "1", list: [$id])', { id: null }],
    ['a(id: "1") @skip(if: $no)', { no: null }],
    ['a(id: "1") @skip(if: $no) { b @include(if: $no) }', { no: null }],
  ])(
    'reports an argument that graphql-js rejects during execution as one of the client: %s',
    async (field, variables) => {
      const schema = buildSchema('type Query { a(id: ID!, list: [ID!]): Query b: Int }');
      const operation = `query ($id: ID = "1", $no: Boolean = false) { ${field.includes('{') ? field : `${field} { b }`} }`;
      const { errors } = await execute({
        schema,
        document: parse(operation),
        rootValue: { a: {} },
        variableValues: variables,
      });
      const result = (errors ?? []).map((error) =>
        format({ ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error),
      );
      expect(result).toEqual([
        expect.objectContaining({
          message: expect.stringMatching(/^Argument "(?:id|list|if)"/) as string,
          extensions: { code: 'BAD_USER_INPUT' },
        }),
      ]);
      expect(logged).toEqual([]);
    },
  );

  it('reports a value that graphql-js rejects in a result as an internal error', async () => {
    const schema = buildSchema('type Query { a: Int! b: [Int] }');
    const { errors = [] } = await graphql({ schema, source: '{ b a }', rootValue: { b: 7, a: 'Argument "x"' } });
    for (const error of errors)
      expect(format({ ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error)).toMatchObject({
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
    expect(logged).toHaveLength(errors.length);
  });

  it('restores the code of an InputError that Apollo Server reports as a validation error', () => {
    const rejected = new InputError('INVALID_DATE', '"x" is not a valid Date.');
    const validated = {
      ...rejected.toJSON(),
      extensions: { ...rejected.extensions, code: 'GRAPHQL_VALIDATION_FAILED' },
    };
    expect(format(validated, rejected).extensions).toEqual({ code: 'INVALID_DATE' });
  });

  it('keeps the code of any other client error', () => {
    const error = new GraphQLError('Syntax Error', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    expect(format(error.toJSON(), error)).toEqual({
      message: 'Syntax Error',
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
    expect(logged).toEqual([]);
  });

  it('shortens a message that repeats a long value, and a long list of locations', () => {
    const long = { message: 'x'.repeat(100_000), locations: Array(500).fill({ line: 1, column: 1 }) };
    const { message, locations } = format({ ...long, extensions: { code: 'BAD_USER_INPUT' } }, new Error());
    expect(message).toBe(`${'x'.repeat(1_000)}…`);
    expect(locations).toHaveLength(10);
  });

  it('hides the details of an internal error from the client, and logs them', () => {
    const cause = new Error('password authentication failed for user "denmark" at 10.0.0.1:5432');
    const error = new GraphQLError(cause.message, { originalError: cause, path: ['denmark'] });
    const formatted = format(
      { ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: cause.stack?.split('\n') } },
      error,
    );
    expect(formatted).toEqual({
      message: 'This field could not be resolved because of an internal error. It has been logged.',
      path: ['denmark'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(logged).toEqual([{ err: cause, path: ['denmark'], suppressed: 0 }]);
  });

  it('logs an internal error of the same origin once a minute, whatever its message', () => {
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
    expect(logged).toMatchObject([{ suppressed: 0 }, { suppressed: 99 }]);
    jest.useRealTimers();
  });
});
