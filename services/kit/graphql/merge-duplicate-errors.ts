import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/**
 * One thing that a client got wrong is one error, however many rows or countries refuse it: the first one stays. What is
 * missing where a country is down keeps its errors, because there each place counts.
 */
export function mergeDuplicateErrors(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const merged = new Map<unknown, GraphQLFormattedError>();
  for (const error of errors) {
    const code = String(error.extensions?.['code']);
    const key = /^(?:INVALID|UNKNOWN)_/.test(code) ? `${code} ${error.message}` : error;
    const first = merged.get(key);
    merged.set(key, first ? ofBoth(first, error) : error);
  }
  return [...merged.values()];
}

/** Refused by several services, it is no one's, and stands where their places part. */
function ofBoth(first: GraphQLFormattedError, other: GraphQLFormattedError): GraphQLFormattedError {
  const { service, ids: _ids, ...extensions } = first.extensions ?? {};
  if (service === other.extensions?.['service']) return first;
  const path = sharedPath(first.path ?? [], other.path ?? []);
  return { ...first, ...(path.length > 0 ? { path } : {}), extensions };
}

function sharedPath(one: Path, other: Path): Path {
  const parting = one.findIndex((step, index) => other[index] !== step);
  return parting === -1 ? one : one.slice(0, parting);
}

type Path = readonly (string | number)[];

/** Merges the refusals of every answer. */
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
