import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { getOperationAST, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';

import { compactDocument, sizeOfText } from '../../services/kit/graphql/compact-document.js';
import { operationMemoryBytes } from '../../services/kit/graphql/operation-memory.js';
import { checkCost } from '../../services/kit/graphql/operation-limits.js';
import { type ExecutedResponse, toBody } from '../cache/graphql-response.js';
import { maxAgeFor, getCatalogueStates } from '../cache/apollo-plugins.js';
import type { VersionPoller } from '../cache/subgraph-versions.js';
import type { SourceOperation } from '../planning/supergraph.js';
import type { GatewayContext } from '../request/request-context.js';
import type { GraphQLParams } from '../request/graphql-request.js';
import type { RawHeaders } from '../../services/kit/http-error.js';

export interface FastPathOptions {
  /** The schema that is currently served. */
  readonly schema: () => GraphQLSchema;
  readonly execute: (operation: SourceOperation) => Promise<GatewayExecutionResult>;
  /** Knows the countries whose data in the index may be outdated. */
  readonly versions: Pick<VersionPoller, 'outdatedCountries'>;
}

/**
 * A fast path for known operations: it bypasses Apollo Server for operations that Apollo Server has validated before. Apollo
 * Server would parse, look up and wrap for each request what does not change between them, which takes longer than all the
 * rest. Requests that are rejected or incomplete still go through Apollo Server, so that all errors are formatted in one
 * place.
 */
export interface FastPath {
  /** Remembers the operations that Apollo Server has validated. */
  readonly plugin: ApolloServerPlugin<GatewayContext>;
  /** Remembers the headers of a successful response to this `Accept` header. */
  readonly rememberHeaders: (accept: string, response: ExecutedResponse) => void;
  /** Null: Apollo Server has to respond. A result that was computed before is in `context.executionResult`. */
  readonly execute: (
    params: GraphQLParams,
    accept: string,
    context: GatewayContext,
  ) => Promise<ExecutedResponse | null>;
}

/** A validated document: the operations in it that were requested, by the name in the request. */
interface ValidatedDocument extends Pick<SourceOperation, 'document' | 'queryHash' | 'source'> {
  readonly operations: Map<string | null, OperationDefinitionNode>;
}

type ResolvedOperation = Pick<SourceOperation, 'schema' | 'document' | 'queryHash' | 'source'>;

/** The memory of an entry in addition to its document and its text: measured, with a margin. */
const entryOverheadBytes = 2_000;
const maxHeaderBytes = 1_000_000;

export function createFastPath({ schema, execute, versions }: FastPathOptions): FastPath {
  const documents = new LRUCache<string, ValidatedDocument>({
    maxSize: operationMemoryBytes / 4,
    sizeCalculation: ({ document }, source) =>
      compactDocument(document).bytes + sizeOfText(source) + entryOverheadBytes,
  });
  const headersByAccept = new LRUCache<string, RawHeaders>({
    maxSize: maxHeaderBytes,
    sizeCalculation: (headers, accept) => headers.join().length + accept.length + entryOverheadBytes,
  });

  /** The schema of the cached documents. */
  let validatedBy: GraphQLSchema | undefined;

  const findDocument = (source: string): ValidatedDocument | undefined =>
    validatedBy === schema() ? documents.get(source) : undefined;
  const remember = (validated: ResolvedOperation, name: string | null): void => {
    if (validated.schema !== schema()) return;
    if (validatedBy !== validated.schema) documents.clear();
    validatedBy = validated.schema;
    const { source, queryHash } = validated;
    const known = documents.get(source);
    const document = known?.document ?? compactDocument(validated.document).document;
    const operation = getOperationAST(document, name);
    if (!operation) return;
    if (known) known.operations.set(name, operation);
    else documents.set(source, { document, queryHash, source, operations: new Map([[name, operation]]) });
  };

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ request, source, queryHash, document, ...of }) => {
            remember({ schema: of.schema, document, queryHash, source }, request.operationName ?? null);
            return Promise.resolve();
          },
        }),
    },
    rememberHeaders: (accept, { status, headers }) => {
      if (status === 200) headersByAccept.set(accept, headers);
    },
    execute: async (params, accept, context) => {
      const headers = headersByAccept.get(accept);
      const validated = headers && params.query !== null ? findDocument(params.query) : undefined;
      const operation = validated?.operations.get(params.operationName);
      if (!headers || !validated || !operation) return null;
      const { document, queryHash, source } = validated;
      const resolved = { schema: schema(), document, operation, variables: params.variables ?? {} };
      const cost = checkCost(resolved);
      if (typeof cost !== 'number') return null;
      if (context.account) await context.account.chargeOperation(cost);
      const startedAt = Date.now();
      const result = await execute({ ...resolved, queryHash, source, context });
      if (result.errors || !result.data) {
        context.executionResult = result;
        return null;
      }
      const operationContext = { schema: resolved.schema, document, operationName: params.operationName };
      const catalogues = getCatalogueStates(operationContext, context.outcome, versions);
      const payload = { data: result.data, ...(catalogues && { extensions: { catalogues } }) };
      const body = toBody(`${JSON.stringify(payload)}\n`);
      return { status: 200, headers, body, startedAt, maxAgeSeconds: maxAgeFor(operationContext, context.outcome) };
    },
  };
}
