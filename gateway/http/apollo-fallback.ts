import type { IncomingHttpHeaders } from 'node:http';

import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';

import { type ExecutedResponse, toBody } from '../cache/graphql-response.js';
import type { CostAccount } from '../../services/kit/limits/cost-budget.js';
import type { GatewayContext } from '../request/request-context.js';
import type { ApolloHttpRequest } from '../request/graphql-request.js';
import type { RawHeaders } from '../../services/kit/http-error.js';

/** The input of Apollo Server. */
export interface ApolloInput {
  readonly httpRequest: ApolloHttpRequest;
  readonly headers: IncomingHttpHeaders;
}

/** What Apollo Server charges an operation to. One that was executed already, and is only formatted, was charged already. */
export const accountOf = ({ account, executionResult }: GatewayContext): CostAccount | undefined =>
  executionResult ? undefined : account;

/** Executes a request with Apollo Server. */
export async function executeWithApollo(
  server: ApolloServer<GatewayContext>,
  { httpRequest, headers }: ApolloInput,
  context: GatewayContext,
): Promise<ExecutedResponse> {
  const startedAt = Date.now();
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...httpRequest, headers: toHeaderMap(headers) },
    context: () => Promise.resolve(context),
  });
  return {
    status: response.status ?? 200,
    headers: toRawHeaders(response),
    body: toBody(await readBodyText(response)),
    startedAt,
    maxAgeSeconds: context.outcome.maxAgeSeconds,
  };
}

function toHeaderMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

/** The gateway decides how long a response may be cached, and not Apollo Server. */
const toRawHeaders = ({ headers }: HTTPGraphQLResponse): RawHeaders =>
  [...headers].filter(([name]) => name !== 'cache-control').flat();

/** A response in parts is sent as one. */
async function readBodyText({ body }: HTTPGraphQLResponse): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const part of body.asyncIterator) text += part;
  return text;
}
