import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import { Kind } from 'graphql';

type Path = readonly (string | number)[];

/** Why a subgraph gave no answer. */
export type Failure = 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE';

const sentences: Readonly<Record<Failure, (service: string) => string>> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The service "${service}" cannot be reached. What it owns is missing here.`,
  SUBGRAPH_TIMEOUT: (service) => `The service "${service}" did not answer in time. What it owns is missing here.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The service "${service}" sent no usable answer. What it owns is missing here.`,
};

/** An error on its way through @apollo/gateway, which loses paths: it travels beside them, see `restorePath`. */
export interface TravellingError extends GraphQLFormattedError {
  readonly extensions: Record<string, unknown> & {
    readonly code: string;
    readonly service: string;
    readonly truePath: Path;
  };
}

/**
 * The place of a part of an answer that a fetch was to fill, as far as it is one place: up to the first list, because of a
 * list's items only some may come from this service.
 */
const placeOf = (path: Path): Path => {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
};

/** Errors for a fetch that failed as a whole: one for each field that it was to answer, without a word of where the service runs. */
export function failedFetch(
  failure: Failure,
  service: string,
  path: Path,
  document: DocumentNode | undefined,
): TravellingError[] {
  const places = path.length > 0 ? [placeOf(path)] : rootFields(document).map((field) => [field]);
  return places.map((truePath) => ({
    message: sentences[failure](service),
    extensions: { code: failure, service, truePath },
  }));
}

/** An error that a subgraph itself reported, put in its place in the whole answer. */
export function reportedError(error: GraphQLFormattedError, service: string, path: Path): TravellingError {
  const code = typeof error.extensions?.['code'] === 'string' ? error.extensions['code'] : 'SUBGRAPH_ERROR';
  return {
    message: error.message,
    extensions: {
      // Something broke in there; here nothing did, and the log has nothing to add.
      code: code === 'INTERNAL_SERVER_ERROR' ? 'SUBGRAPH_ERROR' : code,
      service,
      truePath: reportedPath(error.path ?? [], path),
    },
  };
}

/** `_entities` and the number of the entity stand for the place whose data was asked for. */
const reportedPath = (reported: Path, asked: Path): Path => {
  if (reported[0] !== '_entities') return [...placeOf(asked), ...(asked.length === 0 ? reported : [])];
  return asked.includes('@') ? placeOf(asked) : [...asked, ...reported.slice(2)];
};

function rootFields(document: DocumentNode | undefined): string[] {
  const operation = document?.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [(selection.alias ?? selection.name).value] : [],
  );
}

/** Puts the path back that an error carried through @apollo/gateway, and drops what that added. */
export function restorePath(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { truePath, serviceName: _serviceName, ...extensions } = formatted.extensions ?? {};
  if (!Array.isArray(truePath)) return formatted;
  const { message } = formatted;
  return truePath.length > 0 ? { message, path: truePath as Path, extensions } : { message, extensions };
}
