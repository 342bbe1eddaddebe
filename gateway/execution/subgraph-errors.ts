import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Failure } from '../subgraphs/subgraph.js';
import type { Path } from './result-tree.js';

/** A place in the answer that lacks something, and the key of what is missing there. Null: it fills a field of the root. */
export interface MissingPlace {
  readonly path: Path;
  readonly id: string | null;
}

type Code = Failure | 'SUBGRAPH_ERROR';

const sentences: Readonly<Record<Code, (service: string) => string>> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The service "${service}" cannot be reached. What it owns is missing here.`,
  SUBGRAPH_TIMEOUT: (service) => `The service "${service}" did not answer in time. What it owns is missing here.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The service "${service}" sent no usable answer. What it owns is missing here.`,
  SUBGRAPH_ERROR: (service) => `The service "${service}" could not answer this. What it owns is missing here.`,
};

/** Beyond so many places of one fetch, one error names the rest by their ids: an answer must not drown in errors. */
const mostPlaces = 100;

/** Errors for a fetch that failed as a whole: one for each place that it was to fill, without a word of where it runs. */
export const failureErrors = (code: Code, service: string, places: readonly MissingPlace[]): GraphQLError[] =>
  spread(places, (path, ids) => errorAt(sentences[code](service), code, service, path, ids));

/**
 * Codes that say nothing to a client: a fault inside the service, or the gateway's own request refused. Such messages are
 * not for strangers' eyes either.
 */
const internalCode =
  /^(?:INTERNAL_SERVER_ERROR|UNAUTHENTICATED|BAD_REQUEST|OPERATION_RESOLUTION_FAILURE|GRAPHQL_.*|PERSISTED_QUERY_.*)$/;

/** What a client is told by which code, of an error that a subgraph reported. */
export function codeOf(reported: GraphQLFormattedError): string {
  const code = reported.extensions?.['code'];
  if (code === 'DEADLINE_EXCEEDED') return 'SUBGRAPH_TIMEOUT';
  return typeof code === 'string' && !internalCode.test(code) ? code : 'SUBGRAPH_ERROR';
}

/** An error that a subgraph itself reported, at the places in the whole answer that it concerns. */
export function reportedErrors(
  reported: GraphQLFormattedError,
  service: string,
  places: readonly MissingPlace[],
): GraphQLError[] {
  const code = codeOf(reported);
  const message = isOurs(code) ? sentences[code](service) : reported.message;
  return spread(places, (path, ids) => errorAt(message, code, service, path, ids));
}

const isOurs = (code: string): code is Code => Object.hasOwn(sentences, code);

function spread(
  places: readonly MissingPlace[],
  toError: (path: Path, ids: readonly string[]) => GraphQLError,
): GraphQLError[] {
  const rest = places.slice(mostPlaces);
  return [
    ...places.slice(0, mostPlaces).map(({ path, id }) => toError(path, id === null ? [] : [id])),
    ...(rest.length > 0 ? [toError(sharedPath(rest.map(({ path }) => path)), idsOf(rest))] : []),
  ];
}

const idsOf = (places: readonly MissingPlace[]): string[] => [
  ...new Set(places.flatMap(({ id }) => (id === null ? [] : [id]))),
];

function sharedPath([first = [], ...others]: readonly Path[]): Path {
  const differs = first.findIndex((step, index) => others.some((path) => path[index] !== step));
  return differs === -1 ? first : first.slice(0, differs);
}

const errorAt = (message: string, code: string, service: string, path: Path, ids: readonly string[]): GraphQLError =>
  new GraphQLError(message, { path: [...path], extensions: { code, service, ...(ids.length > 0 ? { ids } : {}) } });
