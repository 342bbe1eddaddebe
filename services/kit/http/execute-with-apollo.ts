import type { IncomingHttpHeaders } from 'node:http';

import { type ApolloServer, type BaseContext, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';

import type { RawHeaders } from '../http-error.js';

/** A request as Apollo Server takes it. */
export interface ApolloHttpRequest {
  readonly method: string;
  readonly search: string;
  readonly body: unknown;
}

/** The response of Apollo Server. */
export interface ApolloResponse {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly text: string;
}

/** Executes a request with Apollo Server. */
export async function executeWithApollo<Context extends BaseContext>(
  server: ApolloServer<Context>,
  httpRequest: ApolloHttpRequest,
  headers: IncomingHttpHeaders,
  createContext: () => Promise<Context>,
): Promise<ApolloResponse> {
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...httpRequest, headers: toHeaderMap(headers) },
    context: createContext,
  });
  return { status: response.status ?? 200, headers: [...response.headers].flat(), text: await readText(response) };
}

function toHeaderMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

/** A response in parts is sent as one. */
async function readText({ body }: HTTPGraphQLResponse): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const part of body.asyncIterator) text += part;
  return text;
}
