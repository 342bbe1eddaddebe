import type { IncomingMessage, RequestListener } from 'node:http';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import cors from 'cors';
import express, { type RequestHandler } from 'express';
import type { GraphQLSchema } from 'graphql';

import type { CostAccount } from '../limits/cost-budget.js';
import { createRequestContext, runInContext } from '../observability/request-context.js';
import { createBearerCheck } from '../config/subgraph-secrets.js';
import { parseTraceparent } from '../observability/trace-context.js';
import { withServerSpan } from '../observability/tracing.js';
import { checkBodySize, checkRequestSize } from './request-size.js';

/** A GraphQL endpoint of a process: what it serves, and how its requests are read. */
export type Endpoint<Context extends BaseContext> = ExpressEndpoint<Context> | RawEndpoint<Context>;

interface EndpointBase<Context extends BaseContext> {
  readonly path: string;
  /** Whether it serves all clients, not only the gateway: then operations are limited. */
  readonly isPublic: boolean;
  /** What an operation is charged to. Default: the account of the current request. */
  readonly accountOf?: ((context: Context) => CostAccount | undefined) | undefined;
  readonly options: Pick<
    ApolloServerOptions<Context>,
    'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
  > &
    ({ readonly schema: GraphQLSchema } | { readonly gateway: GatewayInterface });
}

interface ExpressEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** A request must have one of them. Default: none is required. */
  readonly secrets?: readonly string[] | undefined;
  /** Creates the context of each request. An error that it throws is the response. */
  readonly createContext: (request: IncomingMessage) => Context | Promise<Context>;
  readonly handle?: undefined;
}

interface RawEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** Handles requests without Express, which is too slow for the gateway. */
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}

/** A larger request body is rejected. */
export const maxBodyBytes = 1024 * 1024;

/** The middleware of an endpoint, in order. */
export const endpointMiddleware = <Context extends BaseContext>(
  { path, isPublic, secrets, createContext }: ExpressEndpoint<Context>,
  server: ApolloServer<Context>,
): RequestHandler[] => [
  // Pages of any origin may send requests to a public endpoint.
  ...(isPublic ? [cors()] : []),
  ...(secrets ? [requireSecret(secrets)] : []),
  (request, response, next) => {
    const parent = isPublic ? undefined : parseTraceparent(request.headers['traceparent']);
    withServerSpan(`${request.method} ${path}`, parent, response, () => {
      const context = createRequestContext(request, response, !isPublic);
      // For users who report a failure.
      response.set('x-request-id', context.requestId);
      runInContext(context, next);
    });
  },
  express.json({ limit: maxBodyBytes, ...(isPublic ? { verify: verifyBody } : {}) }),
  ...(isPublic ? [checkRequest] : []),
  expressMiddleware(server, { context: async ({ req }) => createContext(req) }),
];

const verifyBody = (_request: unknown, _response: unknown, body: Buffer): void => {
  checkBodySize(body);
};

const checkRequest: RequestHandler = ({ body }, _response, next) => {
  const { query, variables } = Object(body) as { readonly query?: unknown; readonly variables?: unknown };
  checkRequestSize(query, variables);
  next();
};

/** Rejects a request without a secret before its body is read. It is not logged: there can be thousands. */
function requireSecret(secrets: readonly string[]): RequestHandler {
  const hasSecret = createBearerCheck(secrets);
  return (request, response, next) => {
    if (hasSecret(request.headers.authorization)) next();
    else response.status(401).set('www-authenticate', 'Bearer').json(unauthenticated);
  };
}

const unauthenticated = {
  errors: [
    {
      message: 'This endpoint is for the gateway only: send `Authorization: Bearer <secret>`.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
};
