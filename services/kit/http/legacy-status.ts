import type { ApolloServerPlugin } from '@apollo/server';

/**
 * Responds to a rejected operation with status 200 if the client accepts `application/json` only. GraphQL over HTTP requires it,
 * because such clients cannot distinguish this server's error from one of an intermediary. A client that accepts
 * `application/graphql-response+json`, or anything, gets a status that states what happened.
 */
export const legacyStatus: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ request, response }) => {
        const accept = request.http?.headers.get('accept') ?? '';
        if (accept.includes('application/json') && !accept.includes('application/graphql-response+json')) {
          if (response.http.status === 400) response.http.status = 200;
        }
        return Promise.resolve();
      },
    }),
};
