import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/**
 * Reports one mistake of a client in a field as one error, however many rows or countries reject it: the one of the first item stays,
 * with its path. Errors of a country that is down all stay, because each has its own path.
 */
export function mergeDuplicateErrors(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const merged = new Map<unknown, GraphQLFormattedError>();
  for (const error of errors) {
    const code = String(error.extensions?.['code']);
    const key = /^(?:INVALID_|UNKNOWN_|BAD_USER_INPUT$)/.test(code) ? toKey(code, error) : error;
    const first = merged.get(key);
    merged.set(key, first ? mergePair(first, error) : error);
  }
  return [...merged.values()];
}

/** Equal for the errors of a field in all items of a list. */
const toKey = (code: string, { message, path = [] }: GraphQLFormattedError): string =>
  JSON.stringify([code, message, path.filter((step) => typeof step === 'string')]);

/** The error of the first item, whichever responded first. Of several services, it names none. */
function mergePair(one: GraphQLFormattedError, other: GraphQLFormattedError): GraphQLFormattedError {
  const first = isBefore(other.path ?? [], one.path ?? []) ? other : one;
  const { service: _service, ids: _ids, ...extensions } = first.extensions ?? {};
  return one.extensions?.['service'] === other.extensions?.['service'] ? first : { ...first, extensions };
}

/** Whether a path leads to an earlier item of the same lists as another. */
function isBefore(path: Path, other: Path): boolean {
  const index = path.findIndex((step, position) => step !== other[position]);
  return index !== -1 && Number(path[index]) < Number(other[index]);
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
