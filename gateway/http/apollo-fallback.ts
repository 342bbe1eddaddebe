import type { IncomingHttpHeaders } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import { type ApolloHttpRequest, executeWithApollo } from '../../services/kit/http/execute-with-apollo.js';
import type { CostAccount } from '../../services/kit/limits/cost-budget.js';
import type { ExecutedResponse } from '../cache/graphql-response.js';
import type { GatewayContext } from '../request/request-context.js';

/** The input of Apollo Server. */
export interface ApolloInput {
  readonly httpRequest: ApolloHttpRequest;
  readonly headers: IncomingHttpHeaders;
}

/** What Apollo Server charges an operation to. One that was executed already, and is only formatted, was charged already. */
export const accountOf = ({ account, executionResult }: GatewayContext): CostAccount | undefined =>
  executionResult ? undefined : account;

/** Executes a request with Apollo Server. The gateway decides how long a response may be cached, and not Apollo Server. */
export async function executeByApollo(
  server: ApolloServer<GatewayContext>,
  { httpRequest, headers }: ApolloInput,
  context: GatewayContext,
): Promise<ExecutedResponse> {
  const startedAt = Date.now();
  const response = await executeWithApollo(server, httpRequest, headers, () => Promise.resolve(context));
  return {
    status: response.status,
    headers: response.headers.filter((_, index, all) => all[index - (index % 2)] !== 'cache-control'),
    body: Buffer.from(response.text),
    startedAt,
    maxAgeSeconds: context.outcome.maxAgeSeconds,
  };
}
