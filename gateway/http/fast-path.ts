import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { checkCost } from '../../services/kit/graphql/operation-limits.js';
import type { ExecutedResponse } from '../cache/cached-response.js';
import { maxAgeFor, getCatalogueStates } from '../cache/apollo-plugins.js';
import type { VersionPoller } from '../cache/subgraph-versions.js';
import type { SourceOperation } from '../planning/supergraph.js';
import type { GatewayContext } from '../request/request-context.js';
import type { GraphQLParams } from '../request/graphql-request.js';
import type { RawHeaders } from '../request/http-error.js';

export interface FastPathOptions {
  /** The schema that is served just now. */
  readonly schema: () => GraphQLSchema;
  readonly execute: (asked: SourceOperation) => Promise<GatewayExecutionResult>;
  /** What is known of countries that the index may be behind. */
  readonly versions: Pick<VersionPoller, 'outdatedCountries'>;
}

/**
 * The way past Apollo Server for operations that it found valid before: it would read, look up and wrap for each request what
 * does not change between them, and take longer for it than for all the rest. What is refused or incomplete still goes through
 * it, so that every error is written in one place.
 */
export interface FastPath {
  /** Learns from Apollo Server which operations are valid. */
  readonly plugin: ApolloServerPlugin<GatewayContext>;
  /** Learns in which form somebody gets answers. */
  readonly rememberHeaders: (accept: string, made: ExecutedResponse) => void;
  /** Null: Apollo Server has to answer. What was found for it already stands in `context.found`. */
  readonly execute: (
    question: GraphQLParams,
    accept: string,
    context: GatewayContext,
  ) => Promise<ExecutedResponse | null>;
}

type ValidatedOperation = Pick<SourceOperation, 'schema' | 'document' | 'operation' | 'queryHash' | 'source'>;

/** Texts of operations that are kept, in letters. With all that is known of one it takes some twenty times the room. */
const maxTextLength = 2_000_000;
const maxHeaderSets = 100;

export function createFastPath({ schema, execute, versions }: FastPathOptions): FastPath {
  const operations = new LRUCache<string, ValidatedOperation>({
    maxSize: maxTextLength,
    sizeCalculation: (_known, key) => key.length,
  });
  const forms = new LRUCache<string, RawHeaders>({ max: maxHeaderSets });

  const find = ({ query, operationName }: GraphQLParams): ValidatedOperation | undefined => {
    const known = query === null ? undefined : operations.get(getOperationKey(query, operationName));
    return known?.schema === schema() && known.source === query ? known : undefined;
  };

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ request, source, queryHash, document, operation, ...of }) => {
            if (operation)
              operations.set(getOperationKey(source, request.operationName ?? null), {
                schema: of.schema,
                document,
                operation,
                queryHash,
                source,
              });
            return Promise.resolve();
          },
        }),
    },
    rememberHeaders: (accept, { status, headers }) => {
      if (status === 200) forms.set(accept, headers);
    },
    execute: async (question, accept, context) => {
      const headers = forms.get(accept);
      const known = headers && find(question);
      if (!known) return null;
      const variables = question.variables ?? {};
      const { document, operation } = known;
      if (checkCost({ schema: known.schema, document, operation, variables })) return null;
      const madeAt = Date.now();
      const result = await execute({ ...known, variables, context });
      if (result.errors || !result.data) {
        context.executionResult = result;
        return null;
      }
      const asked = { schema: known.schema, document, operationName: question.operationName };
      const catalogues = getCatalogueStates(asked, context.outcome, versions);
      const said = { data: result.data, ...(catalogues && { extensions: { catalogues } }) };
      const body = Buffer.from(`${JSON.stringify(said)}\n`);
      return { status: 200, headers, body, startedAt: madeAt, maxAgeSeconds: maxAgeFor(asked, context.outcome) };
    },
  };
}

/** A name has no line break, so the source that is compared afterwards leaves no doubt about it. */
const getOperationKey = (source: string, operationName: string | null): string => `${operationName ?? ''}\n${source}`;
