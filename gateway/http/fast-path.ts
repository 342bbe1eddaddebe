import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { checkCost } from '../../services/kit/graphql/operation-limits.js';
import type { Made } from '../cache/cached-response.js';
import { keepingFor, statesFor } from '../cache/apollo-plugins.js';
import type { Versions } from '../cache/subgraph-versions.js';
import type { SourceOperation } from '../planning/supergraph.js';
import type { GatewayContext } from '../request/request-context.js';
import type { Question } from '../request/graphql-request.js';
import type { RawHeaders } from '../request/http-error.js';

export interface ShortCutOptions {
  /** The schema that is served just now. */
  readonly schema: () => GraphQLSchema;
  readonly execute: (asked: SourceOperation) => Promise<GatewayExecutionResult>;
  /** What is known of countries that the index may be behind. */
  readonly versions: Pick<Versions, 'behind'>;
}

/**
 * The way past Apollo Server for operations that it found valid before: it would read, look up and wrap for each request what
 * does not change between them, and take longer for it than for all the rest. What is refused or incomplete still goes through
 * it, so that every error is written in one place.
 */
export interface ShortCut {
  /** Learns from Apollo Server which operations are valid. */
  readonly plugin: ApolloServerPlugin<GatewayContext>;
  /** Learns in which form somebody gets answers. */
  readonly learn: (accept: string, made: Made) => void;
  /** Null: Apollo Server has to answer. What was found for it already stands in `context.found`. */
  readonly answer: (question: Question, accept: string, context: GatewayContext) => Promise<Made | null>;
}

type Known = Pick<SourceOperation, 'schema' | 'document' | 'operation' | 'queryHash' | 'source'>;

/** Texts of operations that are kept, in letters. With all that is known of one it takes some twenty times the room. */
const mostLetters = 2_000_000;
const mostForms = 100;

export function createShortCut({ schema, execute, versions }: ShortCutOptions): ShortCut {
  const operations = new LRUCache<string, Known>({
    maxSize: mostLetters,
    sizeCalculation: (_known, key) => key.length,
  });
  const forms = new LRUCache<string, RawHeaders>({ max: mostForms });

  const find = ({ query, operationName }: Question): Known | undefined => {
    const known = query === null ? undefined : operations.get(keyOf(query, operationName));
    return known?.schema === schema() && known.source === query ? known : undefined;
  };

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ request, source, queryHash, document, operation, ...of }) => {
            if (operation)
              operations.set(keyOf(source, request.operationName ?? null), {
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
    learn: (accept, { status, headers }) => {
      if (status === 200) forms.set(accept, headers);
    },
    answer: async (question, accept, context) => {
      const headers = forms.get(accept);
      const known = headers && find(question);
      if (!known) return null;
      const variables = question.variables ?? {};
      const { document, operation } = known;
      if (checkCost({ schema: known.schema, document, operation, variables })) return null;
      const madeAt = Date.now();
      const result = await execute({ ...known, variables, context });
      if (result.errors || !result.data) {
        context.found = result;
        return null;
      }
      const asked = { schema: known.schema, document, operationName: question.operationName };
      const catalogues = statesFor(asked, context.outcome, versions);
      const said = { data: result.data, ...(catalogues && { extensions: { catalogues } }) };
      const body = Buffer.from(`${JSON.stringify(said)}\n`);
      return { status: 200, headers, body, madeAt, keepFor: keepingFor(asked, context.outcome) };
    },
  };
}

/** A name has no line break, so the source that is compared afterwards leaves no doubt about it. */
const keyOf = (source: string, operationName: string | null): string => `${operationName ?? ''}\n${source}`;
