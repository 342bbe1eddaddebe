import type { IncomingMessage, RequestListener } from 'node:http';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type RequestHandler } from 'express';

import { openRequestScope, serveWithin } from '../observability/request-context.js';
import { createBearerCheck } from '../config/subgraph-secrets.js';
import { readTraceparent } from '../observability/trace-context.js';
import { withServerSpan } from '../observability/tracing.js';

/** A GraphQL endpoint of a process: what it serves, and how requests for it are read. */
export type Door<Context extends BaseContext> = ReadByExpress<Context> | ReadByItself<Context>;

interface Endpoint<Context extends BaseContext> {
  readonly path: string;
  /** Whether anybody may ask there, and not the gateway alone: then what one operation may hold is limited. */
  readonly isOpen: boolean;
  readonly options: Pick<
    ApolloServerOptions<Context>,
    'schema' | 'gateway' | 'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
  >;
}

interface ReadByExpress<Context extends BaseContext> extends Endpoint<Context> {
  /** What has to be shown to come in, any one of them. Default: nothing. */
  readonly secrets?: readonly string[] | undefined;
  /** Makes a context anew for every request. What it throws is the answer, whatever was asked. */
  readonly createContext: (request: IncomingMessage) => Context | Promise<Context>;
  readonly handle?: undefined;
}

interface ReadByItself<Context extends BaseContext> extends Endpoint<Context> {
  /** Reads requests and answers them, where Express is too slow. */
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}

/** What is larger is refused. */
export const largestBody = '1mb';

/** What happens to a request at a door, one step after the other. */
export const doorSteps = <Context extends BaseContext>(
  { path, isOpen, secrets, createContext }: ReadByExpress<Context>,
  server: ApolloServer<Context>,
): RequestHandler[] => [
  // Pages of any origin may ask where anybody may.
  ...(isOpen ? [cors()] : []),
  ...(secrets ? [letIn(secrets)] : []),
  (request, response, next) => {
    const caller = isOpen ? undefined : readTraceparent(request.headers['traceparent']);
    withServerSpan(`${request.method} ${path}`, caller, response, () => {
      const scope = openRequestScope(request, response, !isOpen);
      // For whoever reports that something failed.
      response.set('x-request-id', scope.requestId);
      serveWithin(scope, next);
    });
  },
  express.json({ limit: largestBody }),
  expressMiddleware(server, { context: async ({ req }) => createContext(req) }),
];

/** Refuses whoever shows no secret, before anything is read of what they send. No word in the log: they can come by the thousand. */
function letIn(secrets: readonly string[]): RequestHandler {
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
