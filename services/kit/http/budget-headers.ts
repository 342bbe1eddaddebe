import type { ApolloServerPlugin } from '@apollo/server';
import type { ServerResponse } from 'node:http';

import type { RawHeaders } from '../http-error.js';
import { currentRequest } from '../observability/request-context.js';

/** The pairs in headers as Node.js takes them. */
function* headerPairs(headers: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let index = 0; index + 1 < headers.length; index += 2) yield [headers[index] ?? '', headers[index + 1] ?? ''];
}

/** Sets headers of a response. */
export function setHeaders(response: ServerResponse, headers: RawHeaders): void {
  for (const [name, value] of headerPairs(headers)) response.setHeader(name, value);
}

/** States in the headers of a response what is left of the client's budget, and when to retry if it does not suffice. */
export const budgetHeadersPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { http } }) => {
        const account = currentRequest()?.account;
        const headers = [...(account?.headers() ?? []), ...(account?.rejection?.headers ?? [])];
        for (const [name, value] of headerPairs(headers)) http.headers.set(name, value);
        return Promise.resolve();
      },
    }),
};
