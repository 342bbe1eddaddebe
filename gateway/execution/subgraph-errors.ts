import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { SubgraphErrorCode } from '../subgraphs/subgraph.js';
import type { Path } from './result-tree.js';

/** A location in the response with missing data, and the key of the missing object. Null: it is a root field. */
export interface MissingLocation {
  readonly path: Path;
  readonly id: string | null;
}

type Code = SubgraphErrorCode | 'SUBGRAPH_ERROR';

const messages: Readonly<Record<Code, (service: string) => string>> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The service "${service}" cannot be reached. Its data is missing here.`,
  SUBGRAPH_TIMEOUT: (service) => `The service "${service}" did not respond in time. Its data is missing here.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The service "${service}" sent no usable response. Its data is missing here.`,
  SUBGRAPH_ERROR: (service) => `The service "${service}" failed to resolve this. Its data is missing here.`,
};

/**
 * Beyond this number of locations of one fetch, one error names the rest by their ids, so that errors do not flood the
 * response.
 */
export const maxErrorsPerFetch = 100;

/**
 * Creates the errors for a fetch that failed as a whole: one for each location, without details of the subgraph's address.
 */
export const createFailureErrors = (
  code: Code,
  service: string,
  locations: readonly MissingLocation[],
): GraphQLError[] =>
  createErrors(locations, (path, ids) => createErrorAt(messages[code](service), code, service, path, ids));

/**
 * Codes that mean nothing to a client: an internal error of the service, or a rejected request of the gateway. Their
 * messages may contain internals and are not passed on.
 */
const internalCode =
  /^(?:INTERNAL_SERVER_ERROR|UNAUTHENTICATED|BAD_REQUEST|OPERATION_RESOLUTION_FAILURE|GRAPHQL_.*|PERSISTED_QUERY_.*)$/;

/** Returns the code that clients get for an error that a subgraph reported. */
export function toClientCode(reported: GraphQLFormattedError): string {
  const code = reported.extensions?.['code'];
  if (code === 'DEADLINE_EXCEEDED') return 'SUBGRAPH_TIMEOUT';
  return typeof code === 'string' && !internalCode.test(code) ? code : 'SUBGRAPH_ERROR';
}

/** Creates the errors for one that a subgraph reported: one for each location in the response that it concerns. */
export function createReportedErrors(
  reported: GraphQLFormattedError,
  service: string,
  locations: readonly MissingLocation[],
): GraphQLError[] {
  const code = toClientCode(reported);
  const message = hasOwnMessage(code) ? messages[code](service) : reported.message;
  return createErrors(locations, (path, ids) => createErrorAt(message, code, service, path, ids));
}

/** Creates the errors for a value that the subgraph must not return there. It is null in the response. */
export const createInvalidValueErrors = (
  fault: string,
  service: string,
  locations: readonly MissingLocation[],
): GraphQLError[] =>
  createErrors(locations, (path, ids) =>
    createErrorAt(`The service "${service}" returned ${fault}.`, 'SUBGRAPH_BAD_RESPONSE', service, path, ids),
  );

/** Creates the error for all errors or invalid values of a response that are too many to be listed. */
export const createSummaryError = (
  what: 'errors' | 'values',
  count: number,
  service: string,
  path: Path,
): GraphQLError =>
  what === 'errors'
    ? createErrorAt(`The service "${service}" reported ${count} more errors.`, 'SUBGRAPH_ERROR', service, path, [])
    : createErrorAt(
        `The service "${service}" returned ${count} more invalid values, which are null.`,
        'SUBGRAPH_BAD_RESPONSE',
        service,
        path,
        [],
      );

const hasOwnMessage = (code: string): code is Code => Object.hasOwn(messages, code);

function createErrors(
  locations: readonly MissingLocation[],
  toError: (path: Path, ids: readonly string[]) => GraphQLError,
): GraphQLError[] {
  const rest = locations.slice(maxErrorsPerFetch);
  return [
    ...locations.slice(0, maxErrorsPerFetch).map(({ path, id }) => toError(path, id === null ? [] : [id])),
    ...(rest.length > 0 ? [toError(findCommonPath(rest.map(({ path }) => path)), collectIds(rest))] : []),
  ];
}

const collectIds = (locations: readonly MissingLocation[]): string[] => [
  ...new Set(locations.flatMap(({ id }) => (id === null ? [] : [id]))),
];

/** The beginning that all paths share. */
export function findCommonPath([first = [], ...others]: readonly Path[]): Path {
  const differs = first.findIndex((step, index) => others.some((path) => path[index] !== step));
  return differs === -1 ? first : first.slice(0, differs);
}

const createErrorAt = (
  message: string,
  code: string,
  service: string,
  path: Path,
  ids: readonly string[],
): GraphQLError =>
  new GraphQLError(message, { path: [...path], extensions: { code, service, ...(ids.length > 0 ? { ids } : {}) } });
