import type { ApolloServerPlugin } from '@apollo/server';

/**
 * Answers a refused operation with status 200 where the client asks for `application/json` alone. GraphQL over HTTP wants it
 * so: such clients cannot tell a refusal of ours from that of a server between. Who takes
 * `application/graphql-response+json`, or anything at all, gets a status that says what happened.
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
