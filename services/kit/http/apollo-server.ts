import type { Server } from 'node:http';

import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { depthLimitRule } from '../graphql/query-depth.js';
import type { Endpoint } from './endpoint.js';
import { createErrorFormatter } from '../graphql/errors.js';
import { legacyStatus } from './legacy-status.js';
import { costLimitPlugin, sizeLimitRule, limits, translateParserErrors } from '../graphql/operation-limits.js';
import type { Logger } from '../observability/logger.js';
import { mergeDuplicateErrorsPlugin } from '../graphql/merge-duplicate-errors.js';

/** What answers operations at a door. It drains `drained` when it stops. */
export function createApolloServer<Context extends BaseContext>(
  { options, isPublic }: Endpoint<Context>,
  logger: Logger,
  drained: Server | undefined,
): ApolloServer<Context> {
  const formatError = options.formatError ?? createErrorFormatter(logger);
  const hintOrNot = options.hideSchemaDetailsFromClientErrors ? withoutHint : asItIs;
  return new ApolloServer<Context>({
    ...options,
    formatError: (formatted, error) => hintOrNot(translateParserErrors(formatError(formatted, error), error)),
    parseOptions: isPublic ? { maxLexicalTokens: limits.tokens } : {},
    validationRules: [depthLimitRule, ...(isPublic ? [sizeLimitRule] : []), ...(options.validationRules ?? [])],
    introspection: true,
    // The gateway has its own. These take a hash of another text for a fault, and log it as often as somebody likes.
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // The protection would refuse an ordinary GET. There is nothing to forge here: all that can be read is public, and who writes
    // shows a token, which no browser adds by itself.
    csrfPrevention: false,
    plugins: [
      checkOperation,
      ...(isPublic ? [costLimitPlugin] : []),
      mergeDuplicateErrorsPlugin,
      ...(options.plugins ?? []),
      legacyStatus,
      ...(drained ? [ApolloServerPluginDrainHttpServer({ httpServer: drained })] : []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Nothing leaves this machine that the operator did not configure, whatever APOLLO_* the environment holds.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    // Signals are the process's own affair: see `run`.
    stopOnTerminationSignals: false,
  } as ApolloServerOptions<Context>);
}

const asItIs = (error: GraphQLFormattedError): GraphQLFormattedError => error;

/** Apollo Server takes hints away where an operation is validated, but not where its variables are read. */
const withoutHint = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  message: error.message.replace(/ Did you mean .+\?$/s, ''),
});

/** An operation that the client forgot to name, or of a sort that is not served, is no fault of ours, as executors make it. */
const checkOperation: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, schema }) => {
        if (!operation) throw unanswerable('Say by `operationName` which of the operations in `query` to run.');
        if (!schema.getRootType(operation.operation)) throw unanswerable(`There is no ${operation.operation} here.`);
        return Promise.resolve();
      },
    }),
};

const unanswerable = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
