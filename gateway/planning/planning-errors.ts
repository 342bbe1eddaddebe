import { GraphQLError } from 'graphql';

const queryTooLarge = (message: string, extensions: Readonly<Record<string, unknown>>): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_LARGE', inputCode: 'QUERY_TOO_LARGE', ...extensions, http: { status: 400 } },
  });

/** @param found more than `allowed`; Infinity: it was not counted to its end. */
export const tooManySelections = (found: number, allowed: number): GraphQLError =>
  queryTooLarge(
    `The operation has ${Number.isFinite(found) ? found : `over ${allowed}`} expanded selections: its fields, for each type of organisation and each country that they may concern; at most ${allowed} are allowed. Split it into several operations, or query nested objects by their id.`,
    { limit: 'expandedSelections', ...(Number.isFinite(found) ? { found } : {}), allowed },
  );

export const tookTooLong = (planningTimeoutMs: number): GraphQLError =>
  queryTooLarge(`Planning the operation took longer than ${planningTimeoutMs} ms. Split it into several operations.`, {
    limit: 'planningMs',
    allowed: planningTimeoutMs,
  });

export const tooComplex = (): GraphQLError =>
  queryTooLarge(
    'The operation is too complex to plan. Split it into several operations, with fewer fragments on interfaces.',
    { limit: 'planning' },
  );

/** Apollo Server reads `http.headers`, which have to be a Map. */
const overloadedExtensions: Readonly<Record<string, unknown>> = {
  code: 'OVERLOADED',
  inputCode: 'OVERLOADED',
  http: { status: 503, headers: new Map([['retry-after', '1']]) },
};

export const queueFull = (): GraphQLError =>
  new GraphQLError('Too many new operations are waiting to be planned. Retry in a second.', {
    extensions: overloadedExtensions,
  });

/** No client gets it: all have disconnected. */
export const abandoned = (): GraphQLError =>
  new GraphQLError('No client waits for the operation any longer.', { extensions: overloadedExtensions });

const getErrorCode = (error: unknown): string | undefined =>
  (error as { extensions?: { code?: string } } | null)?.extensions?.code;

/** The code of an error, for metrics. */
export const toOutcome = (error: unknown): string => getErrorCode(error) ?? 'INTERNAL_SERVER_ERROR';

/** Whether an operation that is planned again would be rejected again. */
export const isPermanent = (error: unknown): boolean => getErrorCode(error) === 'QUERY_TOO_LARGE';

/** Whether planning took too long: less certainly so, because it takes longer on a busy machine. */
export const isPlanningTimeout = (error: unknown): boolean =>
  (error as { extensions?: { limit?: string } } | null)?.extensions?.limit === 'planningMs';
