import type { IncomingMessage, RequestListener } from 'node:http';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type RequestHandler } from 'express';

import { createRequestContext, runInContext } from '../observability/request-context.js';
import { createBearerCheck } from '../config/subgraph-secrets.js';
import { parseTraceparent } from '../observability/trace-context.js';
import { withServerSpan } from '../observability/tracing.js';

/** A GraphQL endpoint of a process: what it serves, and how requests for it are read. */
export type Endpoint<Context extends BaseContext> = ExpressEndpoint<Context> | RawEndpoint<Context>;

interface EndpointBase<Context extends BaseContext> {
  readonly path: string;
  /** Whether anybody may ask there, and not the gateway alone: then what one operation may hold is limited. */
  readonly isPublic: boolean;
  readonly options: Pick<
    ApolloServerOptions<Context>,
    'schema' | 'gateway' | 'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
  >;
}

interface ExpressEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** What has to be shown to come in, any one of them. Default: nothing. */
  readonly secrets?: readonly string[] | undefined;
  /** Makes a context anew for every request. What it throws is the answer, whatever was asked. */
  readonly createContext: (request: IncomingMessage) => Context | Promise<Context>;
  readonly handle?: undefined;
}

interface RawEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** Reads requests and answers them, where Express is too slow. */
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}

/** What is larger is refused. */
export const maxBodySize = '1mb';

/** What happens to a request at a door, one step after the other. */
export const endpointMiddleware = <Context extends BaseContext>(
  { path, isPublic, secrets, createContext }: ExpressEndpoint<Context>,
  server: ApolloServer<Context>,
): RequestHandler[] => [
  // Pages of any origin may ask where anybody may.
  ...(isPublic ? [cors()] : []),
  ...(secrets ? [requireSecret(secrets)] : []),
  (request, response, next) => {
    const caller = isPublic ? undefined : parseTraceparent(request.headers['traceparent']);
    withServerSpan(`${request.method} ${path}`, caller, response, () => {
      const scope = createRequestContext(request, response, !isPublic);
      // For whoever reports that something failed.
      response.set('x-request-id', scope.requestId);
      runInContext(scope, next);
    });
  },
  express.json({ limit: maxBodySize }),
  expressMiddleware(server, { context: async ({ req }) => createContext(req) }),
];

/** Refuses whoever shows no secret, before anything is read of what they send. No word in the log: they can come by the thousand. */
function requireSecret(secrets: readonly string[]): RequestHandler {
  const showsSecret = createBearerCheck(secrets);
  return (request, response, next) => {
    if (showsSecret(request.headers.authorization)) next();
    else response.status(401).set('www-authenticate', 'Bearer').json(unauthenticated);
  };
}

const unauthenticated = {
  errors: [
    {
      message: 'Only the gateway is answered here. It shows a secret: Authorization: Bearer …',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
};
