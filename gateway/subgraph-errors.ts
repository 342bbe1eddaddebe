import type { GraphQLFormattedError } from 'graphql';

import { rootFields } from './root-fields.js';

type Path = readonly (string | number)[];

/** What a subgraph was asked for. */
export interface SubgraphFetch {
  readonly service: string;
  /** Where the answer belongs in the whole, `@` for the items of a list. Empty: it fills root fields. */
  readonly path: Path;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Why a subgraph gave no answer. */
export type Failure = 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE';

const sentences: Readonly<Record<Failure | 'SUBGRAPH_ERROR', (service: string) => string>> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The service "${service}" cannot be reached. What it owns is missing here.`,
  SUBGRAPH_TIMEOUT: (service) => `The service "${service}" did not answer in time. What it owns is missing here.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The service "${service}" sent no usable answer. What it owns is missing here.`,
  SUBGRAPH_ERROR: (service) => `The service "${service}" could not answer this. What it owns is missing here.`,
};

/** An error on its way through @apollo/gateway, which loses paths: it travels beside them, see `restorePath`. */
export interface TravellingError extends GraphQLFormattedError {
  readonly extensions: Record<string, unknown> & {
    readonly code: string;
    readonly service: string;
    readonly truePath: Path;
  };
}

/** Errors for a fetch that failed as a whole: one for each place that it was to fill, without a word of where the service runs. */
export const failedFetch = (code: Failure, fetch: SubgraphFetch): TravellingError[] =>
  placesOf(fetch).map((truePath) => travelling(code, sentences[code](fetch.service), fetch, truePath));

/**
 * Codes that say nothing to a client: a fault inside the service, or the gateway's own request refused. Such messages are
 * not for strangers' eyes either.
 */
const internalCode =
  /^(?:INTERNAL_SERVER_ERROR|BAD_REQUEST|OPERATION_RESOLUTION_FAILURE|GRAPHQL_.*|PERSISTED_QUERY_.*)$/;

/** An error that a subgraph itself reported, put in its place in the whole answer; one for each place if it named none. */
export function reportedErrors(error: GraphQLFormattedError, fetch: SubgraphFetch): TravellingError[] {
  const reported = error.extensions?.['code'];
  const isForClients = typeof reported === 'string' && !internalCode.test(reported);
  const code = isForClients ? reported : 'SUBGRAPH_ERROR';
  const message = isForClients ? error.message : sentences.SUBGRAPH_ERROR(fetch.service);
  return reportedPlaces(error.path, fetch).map((truePath) => travelling(code, message, fetch, truePath));
}

const travelling = (code: string, message: string, { service }: SubgraphFetch, truePath: Path): TravellingError => ({
  message,
  extensions: { code, service, truePath },
});

/** `_entities` and the number of the entity stand for the place whose data was asked for. */
function reportedPlaces(reported: unknown, fetch: SubgraphFetch): readonly Path[] {
  const { path } = fetch;
  if (!isPath(reported) || reported.length === 0 || path.includes('@')) return placesOf(fetch);
  if (path.length === 0) return [reported];
  return [[...path, ...(reported[0] === '_entities' ? reported.slice(2) : [])]];
}

const isPath = (value: unknown): value is Path =>
  Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');

/**
 * The places that a fetch was to fill. A part of an answer is one place up to the first list, because of a list's items
 * only some may come from this service.
 */
function placesOf({ path, query, variables }: SubgraphFetch): readonly Path[] {
  if (path.length === 0) return rootFields(query, variables).map((field) => [field]);
  const list = path.indexOf('@');
  return [list === -1 ? path : path.slice(0, list)];
}

/** Puts the path back that an error carried through @apollo/gateway, and drops what that added. */
export function restorePath(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { truePath, serviceName: _serviceName, ...extensions } = formatted.extensions ?? {};
  if (!Array.isArray(truePath)) return formatted;
  const { message } = formatted;
  return truePath.length > 0 ? { message, path: truePath as Path, extensions } : { message, extensions };
}
