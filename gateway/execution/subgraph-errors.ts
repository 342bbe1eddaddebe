import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { SubgraphErrorCode } from '../subgraphs/subgraph.js';
import type { Path } from './result-tree.js';

/** A place in the answer that lacks something, and the key of what is missing there. Null: it fills a field of the root. */
export interface MissingLocation {
  readonly path: Path;
  readonly id: string | null;
}

type Code = SubgraphErrorCode | 'SUBGRAPH_ERROR';

const messages: Readonly<Record<Code, (service: string) => string>> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The service "${service}" cannot be reached. What it owns is missing here.`,
  SUBGRAPH_TIMEOUT: (service) => `The service "${service}" did not answer in time. What it owns is missing here.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The service "${service}" sent no usable answer. What it owns is missing here.`,
  SUBGRAPH_ERROR: (service) => `The service "${service}" could not answer this. What it owns is missing here.`,
};

/** Beyond so many places of one fetch, one error names the rest by their ids: an answer must not drown in errors. */
const maxErrorsPerFetch = 100;

/** Errors for a fetch that failed as a whole: one for each place that it was to fill, without a word of where it runs. */
export const createFailureErrors = (code: Code, service: string, places: readonly MissingLocation[]): GraphQLError[] =>
  createErrors(places, (path, ids) => createErrorAt(messages[code](service), code, service, path, ids));

/**
 * Codes that say nothing to a client: a fault inside the service, or the gateway's own request refused. Such messages are
 * not for strangers' eyes either.
 */
const internalCode =
  /^(?:INTERNAL_SERVER_ERROR|UNAUTHENTICATED|BAD_REQUEST|OPERATION_RESOLUTION_FAILURE|GRAPHQL_.*|PERSISTED_QUERY_.*)$/;

/** What a client is told by which code, of an error that a subgraph reported. */
export function toClientCode(reported: GraphQLFormattedError): string {
  const code = reported.extensions?.['code'];
  if (code === 'DEADLINE_EXCEEDED') return 'SUBGRAPH_TIMEOUT';
  return typeof code === 'string' && !internalCode.test(code) ? code : 'SUBGRAPH_ERROR';
}

/** An error that a subgraph itself reported, at the places in the whole answer that it concerns. */
export function createReportedErrors(
  reported: GraphQLFormattedError,
  service: string,
  places: readonly MissingLocation[],
): GraphQLError[] {
  const code = toClientCode(reported);
  const message = hasOwnMessage(code) ? messages[code](service) : reported.message;
  return createErrors(places, (path, ids) => createErrorAt(message, code, service, path, ids));
}

const hasOwnMessage = (code: string): code is Code => Object.hasOwn(messages, code);

function createErrors(
  places: readonly MissingLocation[],
  toError: (path: Path, ids: readonly string[]) => GraphQLError,
): GraphQLError[] {
  const rest = places.slice(maxErrorsPerFetch);
  return [
    ...places.slice(0, maxErrorsPerFetch).map(({ path, id }) => toError(path, id === null ? [] : [id])),
    ...(rest.length > 0 ? [toError(findCommonPath(rest.map(({ path }) => path)), collectIds(rest))] : []),
  ];
}

const collectIds = (places: readonly MissingLocation[]): string[] => [
  ...new Set(places.flatMap(({ id }) => (id === null ? [] : [id]))),
];

function findCommonPath([first = [], ...others]: readonly Path[]): Path {
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
