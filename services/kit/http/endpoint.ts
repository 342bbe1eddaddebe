import type { IncomingMessage, RequestListener } from 'node:http';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';

import type { RequestContext } from '../observability/request-context.js';
import type { CostAccount, CostBudget } from '../limits/cost-budget.js';

/** A GraphQL endpoint of a process: what it serves, and how its requests are read. */
export type Endpoint<Context extends BaseContext> = SchemaEndpoint<Context> | CustomEndpoint<Context>;

interface EndpointBase {
  /** Whether it serves all clients, not only the gateway: then operations are limited. */
  readonly isPublic: boolean;
}

/** What Apollo Server knows of an endpoint. */
export interface ServerEndpoint<Context extends BaseContext> extends EndpointBase {
  readonly options: ServerOptions<Context> &
    ({ readonly schema: GraphQLSchema } | { readonly gateway: GatewayInterface });
  /** What an operation is charged to. */
  readonly accountOf: (context: Context) => CostAccount | undefined;
  /** The request of a context, for the log. Default: unknown. */
  readonly requestOf?: (context: Context) => RequestContext | undefined;
}

type ServerOptions<Context extends BaseContext> = Pick<
  ApolloServerOptions<Context>,
  'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
>;

/** An endpoint that executes operations by the resolvers of a schema. */
export interface SchemaEndpoint<Context extends BaseContext> extends EndpointBase {
  readonly path: string;
  readonly options: ServerOptions<Context> & { readonly schema: GraphQLSchema };
  /** A request must have one of them. Default: none is required. */
  readonly secrets?: readonly string[] | undefined;
  /** Creates the context of each request. An error that it throws is the response. */
  readonly createContext: (request: IncomingMessage, context: RequestContext) => Context | Promise<Context>;
  /** The cost per minute of each client. Default: it has no limit. */
  readonly budget?: CostBudget | undefined;
  readonly handle?: undefined;
}

/** An endpoint that handles its requests, and executes operations, by itself. */
export interface CustomEndpoint<Context extends BaseContext> extends ServerEndpoint<Context> {
  readonly path: string;
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}
