import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/**
 * Reports one mistake of a client as one error, however many rows or countries reject it: the first one stays. Errors of a country
 * that is down all stay, because each has its own path.
 */
export function mergeDuplicateErrors(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const merged = new Map<unknown, GraphQLFormattedError>();
  for (const error of errors) {
    const code = String(error.extensions?.['code']);
    const key = /^(?:INVALID|UNKNOWN)_/.test(code) ? `${code} ${error.message}` : error;
    const first = merged.get(key);
    merged.set(key, first ? mergePair(first, error) : error);
  }
  return [...merged.values()];
}

/** An error of several services names none of them, and has the path that they share. */
function mergePair(first: GraphQLFormattedError, other: GraphQLFormattedError): GraphQLFormattedError {
  const { service, ids: _ids, ...extensions } = first.extensions ?? {};
  if (service === other.extensions?.['service']) return first;
  const path = sharedPath(first.path ?? [], other.path ?? []);
  return { ...first, ...(path.length > 0 ? { path } : {}), extensions };
}

function sharedPath(one: Path, other: Path): Path {
  const difference = one.findIndex((step, index) => other[index] !== step);
  return difference === -1 ? one : one.slice(0, difference);
}

type Path = readonly (string | number)[];

/** Merges the duplicate errors of every response. */
export const mergeDuplicateErrorsPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { body } }) => {
        if (body.kind === 'single' && body.singleResult.errors) {
          body.singleResult.errors = mergeDuplicateErrors(body.singleResult.errors);
        }
        return Promise.resolve();
      },
    }),
};
