import { readFile } from 'node:fs/promises';

import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { ConfigError } from '../../services/kit/config/config.js';
import { followFile, readFileVersion } from '../../services/kit/follow-file.js';
import { compactDocument, sizeOfText } from '../../services/kit/graphql/compact-document.js';
import type { GatewayContext } from '../request/request-context.js';
import { createGraph, type Graph, type GraphOptions } from './graph.js';
import { hashText, getOperationKey } from './operation-key.js';
import { checkSameGraph } from './same-graph.js';
import { warmUp } from './warm-up.js';

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface SupergraphOptions extends GraphOptions {
  /** The file with the composed schema. */
  readonly path: string;
  /** The interval at which the file is checked. */
  readonly watchMs: number;
  /** Whether a new version may be of a different graph. Default: it is rejected. */
  readonly allowDifferentGraph?: boolean | undefined;
  /** Operations to plan before the first request, as texts. */
  readonly knownOperations: readonly string[];
  /** For how long a request that started with the previous supergraph may be in progress. */
  readonly graceMs: number;
}

/** A client's operation, validated. */
export interface SourceOperation {
  /** The schema under which it was validated. */
  readonly schema: GraphQLSchema;
  readonly source: string;
  /** Apollo Server's hash of the source. */
  readonly queryHash: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
  /** Whether the data of the result may contain raw JSON. Default: it is all parsed. */
  readonly acceptsRaw?: boolean | undefined;
}

/** The graph of a supergraph file, which may change while it is served. */
export interface Supergraph {
  readonly gateway: GatewayInterface;
  /** Executes an operation, with the same result as through Apollo Server. */
  readonly execute: (operation: SourceOperation) => Promise<GatewayExecutionResult>;
  /** The current schema for clients. */
  readonly schema: () => GraphQLSchema;
  /** The URLs of the current subgraphs according to the supergraph, by name. */
  readonly subgraphUrls: () => Readonly<Record<string, string>>;
  /** Plans operations before they are requested, as texts, and before a new supergraph is served. */
  readonly prepare: (operations: readonly string[]) => Promise<void>;
  /** Why the file's latest version could not be loaded. Null: it is served. */
  readonly loadError: () => string | null;
}

/** How many operations, the most recent ones, are planned again before a new supergraph is served. */
const maxRecentOperations = 200;
const maxRecentBytes = 2_000_000;

/**
 * Loads a supergraph file, and each new version of it, without downtime. A version that cannot be used changes nothing.
 *
 * @throws Error with the reason when the first version cannot be used.
 */
export async function openSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  const { path, watchMs, graceMs, logger } = options;
  const graphs = new Map<GraphQLSchema, Graph>();
  const recent = new LRUCache<string, string>({
    max: maxRecentOperations,
    maxSize: maxRecentBytes,
    sizeCalculation: sizeOfText,
  });
  const listeners = new Set<Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]>();
  let loadError: string | null = null;

  const toKnown = (texts: readonly string[]) => texts.map((text) => ({ hash: hashText(text), text }));
  const remember = (texts: readonly string[]): void => {
    for (const { hash, text } of toKnown(texts)) recent.set(hash, text);
  };
  const load = async (sdl: string, served?: Graph): Promise<Graph> => {
    const graph = await createGraph(sdl, options);
    try {
      if (served && !options.allowDifferentGraph) checkSameGraph(identify(served), identify(graph));
    } catch (error) {
      await graph.close();
      throw error;
    }
    graphs.set(graph.schema, graph);
    await warmUp(
      graph,
      [...recent.entries()].map(([hash, text]) => ({ hash, text })),
    );
    return graph;
  };
  remember(options.knownOperations);
  const since = await readFileVersion(path);
  let current = await load(await readInitial(path));

  const use = (next: Graph): void => {
    const previous = current;
    current = next;
    for (const listener of listeners) listener({ apiSchema: next.schema, coreSupergraphSdl: next.supergraphSdl });
    setTimeout(() => {
      graphs.delete(previous.schema);
      void previous.close();
    }, graceMs).unref();
  };
  const reload = async (): Promise<void> => {
    try {
      const sdl = await readFile(path, 'utf8').catch((error: unknown) => {
        throw new Error(`it cannot be read: ${(error as NodeJS.ErrnoException).code}`);
      });
      if (sdl !== current.supergraphSdl) {
        use(await load(sdl, current));
        logger.info('a new supergraph is served');
      }
      loadError = null;
    } catch (error) {
      loadError = error instanceof Error ? error.message : String(error);
      logger.error({ reason: loadError }, 'the new supergraph cannot be used; the previous one is still served');
    }
  };
  const stopFollowing = followFile(path, { since, intervalMs: watchMs, onChange: reload });

  const execute: Supergraph['execute'] = (sourceOperation) => {
    const { schema, source, queryHash, document, operation, variables, context, acceptsRaw } = sourceOperation;
    if (context.executionResult) return Promise.resolve(context.executionResult);
    // A request is executed with the graph under which it was validated.
    const graph = graphs.get(schema) ?? current;
    if (recent.get(queryHash) === undefined) recent.set(queryHash, source);
    const key = getOperationKey(queryHash, operation);
    return graph.execute({ key, document, operation, variables, request: context, acceptsRaw }).catch(toErrorResult);
  };

  return {
    schema: () => current.schema,
    subgraphUrls: () => current.subgraphUrls,
    execute,
    prepare: async (texts) => {
      remember(texts);
      await warmUp(current, toKnown(texts));
    },
    loadError: () => loadError && `the latest supergraph file cannot be used: ${loadError}`,
    gateway: {
      onSchemaLoadOrUpdate: (listener) => {
        listeners.add(listener);
        listener({ apiSchema: current.schema, coreSupergraphSdl: current.supergraphSdl });
        return () => listeners.delete(listener);
      },
      load: () =>
        Promise.resolve({
          executor: ({ schema, queryHash, document, operation, source, request, context }) => {
            const { document: compact } = compactDocument(document);
            return execute({
              schema,
              queryHash,
              document: compact,
              // What is cached must not retain the original document.
              operation: getOperationAST(compact, operation.name?.value) ?? operation,
              source,
              variables: request.variables ?? {},
              context: context as unknown as GatewayContext,
            });
          },
        }),
      stop: async () => {
        await stopFollowing();
        await Promise.all([...graphs.values()].map((graph) => graph.close()));
      },
    },
  };
}

const identify = ({ schema, subgraphUrls }: Graph) => ({
  subgraphs: Object.keys(subgraphUrls),
  rootFields: Object.keys(schema.getQueryType()?.getFields() ?? {}),
});

/** Reads the first version. There is no previous one to serve if this fails. */
async function readInitial(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigError([`SUPERGRAPH is ${path}, which cannot be read: ${(error as NodeJS.ErrnoException).code}`]);
  });
}

/** Returns an error as a result, so that the fast path and Apollo Server handle it alike. */
function toErrorResult(error: unknown): GatewayExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  const originalError = error instanceof Error ? error : new Error(String(error));
  return {
    errors: [new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 500 } } })],
  };
}
