import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';

import { ConfigError } from '../../services/kit/config/config.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import type { GatewayContext } from '../request/request-context.js';
import { createGraph, type Graph, type GraphOptions } from './graph.js';
import { hashText, getOperationKey } from './operation-key.js';
import { warmUp } from './warm-up.js';

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface SupergraphOptions extends GraphOptions {
  /** The file with the composed schema. */
  readonly path: string;
  /** How often the file is looked at. */
  readonly watchMs: number;
  /** Operations to plan before the first request, as texts. */
  readonly knownOperations: readonly string[];
  /** For how long a request that began under an earlier supergraph may still be under way. */
  readonly graceMs: number;
  readonly logger: Logger;
}

/** A valid operation of a client. */
export interface SourceOperation {
  /** By which it is valid. */
  readonly schema: GraphQLSchema;
  readonly source: string;
  /** Names the source, as Apollo Server does. */
  readonly queryHash: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** The graph of a file that may change while it is served, as Apollo Server takes it. */
export interface Supergraph {
  readonly gateway: GatewayInterface;
  /** Answers an operation, as Apollo Server has it done. */
  readonly execute: (asked: SourceOperation) => Promise<GatewayExecutionResult>;
  /** What clients see just now. */
  readonly schema: () => GraphQLSchema;
  /** Why the file as it is now is not what is served. Null: it is. */
  readonly loadError: () => string | null;
}

/** How many operations are planned anew before a new supergraph is served: those asked for last. */
const maxRecentOperations = 200;

/**
 * Reads a supergraph file, and takes up every new version of it without a pause. One that cannot be used changes nothing.
 *
 * @throws Error with the reason when the first version cannot be used.
 */
export async function openSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  const { path, watchMs, graceMs, logger } = options;
  const graphs = new Map<GraphQLSchema, Graph>();
  const recent = new LRUCache<string, string>({ max: maxRecentOperations });
  for (const text of options.knownOperations) recent.set(hashText(text), text);
  const listeners = new Set<Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]>();
  let refusal: string | null = null;

  const load = async (sdl: string): Promise<Graph> => {
    const graph = await createGraph(sdl, options);
    graphs.set(graph.schema, graph);
    await warmUp(
      graph,
      [...recent.entries()].map(([hash, text]) => ({ hash, text })),
    );
    return graph;
  };
  let current = await load(await readInitial(path));

  const use = (next: Graph): void => {
    const former = current;
    current = next;
    for (const listener of listeners) listener({ apiSchema: next.schema, coreSupergraphSdl: next.supergraphSdl });
    setTimeout(() => {
      graphs.delete(former.schema);
      void former.close();
    }, graceMs).unref();
  };
  const reload = async (): Promise<void> => {
    try {
      const sdl = await readFile(path, 'utf8');
      if (sdl !== current.supergraphSdl) {
        use(await load(sdl));
        logger.info('a new supergraph is served');
      }
      refusal = null;
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
      logger.error({ reason: refusal }, 'the new supergraph cannot be used; the one before is still served');
    }
  };
  let reloading = Promise.resolve();
  const onChange = (): void => {
    reloading = reloading.then(reload);
  };
  watchFile(path, { interval: watchMs, persistent: false }, onChange);

  const execute: Supergraph['execute'] = async (asked) => {
    const { schema, source, queryHash, document, operation, variables, context } = asked;
    if (context.executionResult) return context.executionResult;
    // A request goes on with the graph under which it was validated.
    const graph = graphs.get(schema) ?? current;
    recent.set(queryHash, source);
    const key = getOperationKey(queryHash, operation);
    return graph.execute({ key, document, operation, variables, request: context }).catch(toErrorResult);
  };

  return {
    schema: () => current.schema,
    execute,
    loadError: () => refusal && `the supergraph file as it is now cannot be used: ${refusal}`,
    gateway: {
      onSchemaLoadOrUpdate: (listener) => {
        listeners.add(listener);
        listener({ apiSchema: current.schema, coreSupergraphSdl: current.supergraphSdl });
        return () => listeners.delete(listener);
      },
      load: () =>
        Promise.resolve({
          executor: ({ schema, queryHash, document, operation, source, request, context }) =>
            execute({
              schema,
              queryHash,
              document,
              operation,
              source,
              variables: request.variables ?? {},
              context: context as unknown as GatewayContext,
            }),
        }),
      stop: async () => {
        unwatchFile(path, onChange);
        await reloading;
        await Promise.all([...graphs.values()].map((graph) => graph.close()));
      },
    },
  };
}

/** At the start there is no former version to go on with. */
async function readInitial(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigError([`SUPERGRAPH is ${path}, which cannot be read: ${(error as NodeJS.ErrnoException).code}`]);
  });
}

/** That an operation cannot be planned is an answer to it, by whatever way it was asked. */
function toErrorResult(error: unknown): GatewayExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  const originalError = error instanceof Error ? error : new Error(String(error));
  return {
    errors: [new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 500 } } })],
  };
}
