import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, getOperationAST, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';

import { compactDocument, sizeOfText } from './compact-document.js';

/** An operation that Apollo Server has validated. */
export interface KnownOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly source: string;
  readonly queryHash: string;
}

/** Remembers the operations that Apollo Server has validated, so that equal requests need neither be parsed nor validated. */
export interface KnownOperations {
  readonly plugin: ApolloServerPlugin;
  /** @param name in the request; null: none. */
  readonly find: (source: string, name: string | null) => KnownOperation | undefined;
}

interface ValidatedDocument extends Pick<KnownOperation, 'document' | 'queryHash'> {
  /** The operations in it that were requested, by the name in the request. */
  readonly operations: Map<string | null, KnownOperation>;
}

/** The memory of an entry in addition to its document and its text: measured, with a margin. */
const entryOverheadBytes = 2_000;

/** @param schema that is currently served. */
export function createKnownOperations(schema: () => GraphQLSchema, maxBytes: number): KnownOperations {
  const documents = new LRUCache<string, ValidatedDocument>({
    maxSize: maxBytes,
    sizeCalculation: ({ document }, source) =>
      compactDocument(document).bytes + sizeOfText(source) + entryOverheadBytes,
  });
  /** The schema of the cached documents. */
  let validatedBy: GraphQLSchema | undefined;

  const remember = (validated: Omit<KnownOperation, 'operation'>, name: string | null): void => {
    if (validated.schema !== schema()) return;
    if (validatedBy !== validated.schema) documents.clear();
    validatedBy = validated.schema;
    const { source, queryHash } = validated;
    const known = documents.get(source);
    const document = known?.document ?? compactDocument(validated.document).document;
    const operation = getOperationAST(document, name);
    if (!operation) return;
    const entry = { schema: validated.schema, document, operation, source, queryHash };
    if (known) known.operations.set(name, entry);
    else documents.set(source, { document, queryHash, operations: new Map([[name, entry]]) });
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
    find: (source, name) => (validatedBy === schema() ? documents.get(source)?.operations.get(name) : undefined),
  };
}
