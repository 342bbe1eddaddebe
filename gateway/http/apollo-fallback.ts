import type { IncomingHttpHeaders } from 'node:http';

import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';

import type { ExecutedResponse } from '../cache/cached-response.js';
import type { GatewayContext } from '../request/request-context.js';
import type { ApolloHttpRequest } from '../request/graphql-request.js';
import type { RawHeaders } from '../request/http-error.js';

/** What Apollo Server is given. */
export interface ApolloInput {
  readonly httpRequest: ApolloHttpRequest;
  readonly headers: IncomingHttpHeaders;
}

/** Has Apollo Server answer a request, and says what came of it. */
export async function executeWithApollo(
  server: ApolloServer<GatewayContext>,
  { httpRequest: form, headers }: ApolloInput,
  context: GatewayContext,
): Promise<ExecutedResponse> {
  const madeAt = Date.now();
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...form, headers: toHeaderMap(headers) },
    context: () => Promise.resolve(context),
  });
  return {
    status: response.status ?? 200,
    headers: toRawHeaders(response),
    body: Buffer.from(await readBodyText(response)),
    startedAt: madeAt,
    maxAgeSeconds: context.outcome.maxAgeSeconds,
  };
}

function toHeaderMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

/** How long an answer may be kept is not Apollo Server's to say. */
const toRawHeaders = ({ headers }: HTTPGraphQLResponse): RawHeaders =>
  [...headers].filter(([name]) => name !== 'cache-control').flat();

/** An answer in parts is sent as one. */
async function readBodyText({ body }: HTTPGraphQLResponse): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const part of body.asyncIterator) text += part;
  return text;
}
