import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { createDocumentCache } from '../graphql/document-cache.js';
import { operationMemoryBytes } from '../graphql/operation-memory.js';
import { depthLimitRule } from '../graphql/query-depth.js';
import type { ServerEndpoint } from './endpoint.js';
import { createErrorFormatter } from '../graphql/errors.js';
import { legacyStatus } from './legacy-status.js';
import {
  costLimitPlugin,
  limits,
  maxReportedErrors,
  mergeFieldsPlugin,
  sizeLimitRule,
  translateParserErrors,
} from '../graphql/operation-limits.js';
import type { Logger } from '../observability/logger.js';
import { type RequestContext, toLogIds } from '../observability/request-context.js';
import { mergeDuplicateErrorsPlugin } from '../graphql/merge-duplicate-errors.js';

/** Creates the server that executes the operations of an endpoint. */
export function createApolloServer<Context extends BaseContext>(
  { options, isPublic, accountOf, requestOf = () => undefined }: ServerEndpoint<Context>,
  logger: Logger,
): ApolloServer<Context> {
  const requests = new WeakMap<object, RequestContext>();
  const formatError =
    options.formatError ?? createErrorFormatter(logger, (error) => toLogIds(requests.get(Object(error) as object)));
  const mapHints = options.hideSchemaDetailsFromClientErrors ? withoutHint : unchanged;
  return new ApolloServer<Context>({
    ...options,
    formatError: (formatted, error) => mapHints(translateParserErrors(formatError(formatted, error), error)),
    parseOptions: isPublic ? { maxLexicalTokens: limits.tokens } : {},
    validationRules: [depthLimitRule, ...(isPublic ? [sizeLimitRule] : []), ...(options.validationRules ?? [])],
    documentStore: createDocumentCache(operationMemoryBytes / 8),
    validationOptions: { maxErrors: maxReportedErrors },
    executionOptions: { maxCoercionErrors: maxReportedErrors },
    introspection: true,
    // The gateway has its own. Apollo's treat the hash of another text as an internal error, and log it each time.
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // The protection would reject an ordinary GET. There is nothing to forge: everything that can be read is public, and mutations
    // require a token, which no browser adds by itself.
    csrfPrevention: false,
    plugins: [
      checkOperation,
      noteRequests(requests, requestOf),
      ...(isPublic ? [mergeFieldsPlugin, costLimitPlugin(accountOf)] : []),
      mergeDuplicateErrorsPlugin,
      ...(options.plugins ?? []),
      legacyStatus,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Nothing leaves this machine that the operator did not configure, whatever APOLLO_* variables are set.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    // Signals are handled by `runProcess`.
    stopOnTerminationSignals: false,
  });
}

/** Notes the requests of errors, which are formatted without their contexts. */
const noteRequests = <Context extends BaseContext>(
  requests: WeakMap<object, RequestContext>,
  requestOf: (context: Context) => RequestContext | undefined,
): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }) => {
        const request = requestOf(contextValue);
        if (request) for (const error of errors) requests.set(error, request);
        return Promise.resolve();
      },
    }),
});

const unchanged = (error: GraphQLFormattedError): GraphQLFormattedError => error;

/** Apollo Server removes hints from validation errors, but not from errors of variables. */
const withoutHint = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  message: error.message.replace(/ Did you mean .+\?$/s, ''),
});

/** A client that does not select an operation, or one of an unsupported kind, gets a client error; executors report an internal one. */
const checkOperation: ApolloServerPlugin = {
  requestDidStart: ({ request }) => {
    // GraphQL over HTTP: it is equivalent to no name.
    if (request.operationName === '') delete request.operationName;
    return Promise.resolve({
      didResolveOperation: ({ operation, schema }) => {
        if (!operation) throw unresolved('Select one of the operations in `query` by `operationName`.');
        if (!schema.getRootType(operation.operation))
          throw unresolved(`This endpoint has no operations of type ${operation.operation}.`);
        return Promise.resolve();
      },
    });
  },
};

const unresolved = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
