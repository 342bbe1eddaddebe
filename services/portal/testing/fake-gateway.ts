import { createServer, type IncomingHttpHeaders } from 'node:http';
import { json } from 'node:stream/consumers';

import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
  parse,
  validate,
} from 'graphql';

import { readProjectFile } from '../../../schema/files.js';
import { apiSchema } from '../../../schema/sdl/api-schema.js';
import { listen } from '../../kit/listen.js';

/** What clients see of the graph: every operation of the portal has to be valid against it. */
export const graphSchema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));

/** The fields of `Query`, and how they are resolved. */
export type RootFields = Readonly<Record<string, (args: never, context: unknown, info: GraphQLResolveInfo) => unknown>>;

/** A gateway that executes operations on plain objects, against the schema of the real one. */
export interface FakeGateway {
  readonly url: string;
  /** The texts and headers of the operations that it received. */
  readonly received: { readonly query: string; readonly variables: unknown; readonly headers: IncomingHttpHeaders }[];
  /** What it serves from now on. */
  root: RootFields;
  /** What resolves every field from now on, instead of `root`. */
  resolveField: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** What each response waits for. */
  pause: Promise<void> | undefined;
  /** How each country did: `extensions.catalogues`. */
  catalogues: readonly object[];
  /** What it charges for each operation. */
  cost: number;
  /** What the next responses are instead, in order. */
  readonly next: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object }[];
  readonly stop: () => Promise<void>;
}

interface OperationBody {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/** Starts a gateway that serves these fields. */
export async function startFakeGateway(root: RootFields = {}): Promise<FakeGateway> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = (await json(request)) as OperationBody;
      gateway.received.push({ query: body.query, variables: body.variables, headers: request.headers });
      await gateway.pause;
      const planned = gateway.next.shift();
      if (planned) response.writeHead(planned.status, planned.headers).end(JSON.stringify(planned.body ?? {}));
      else {
        const { status, result } = await run(body, gateway);
        response
          .writeHead(status, {
            'content-type': 'application/graphql-response+json',
            'x-request-cost': String(gateway.cost),
          })
          .end(JSON.stringify(result));
      }
    })();
  });
  const port = await listen(server, 0, '127.0.0.1');
  const gateway: FakeGateway = {
    url: `http://127.0.0.1:${port}/graphql`,
    received: [],
    root,
    resolveField: undefined,
    pause: undefined,
    catalogues: [],
    cost: 0,
    next: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return gateway;
}

async function run(
  { query, operationName, variables }: OperationBody,
  { root, resolveField, catalogues }: FakeGateway,
): Promise<{ status: number; result: object }> {
  const document = validated.get(query) ?? parseValid(query);
  validated.set(query, document);
  if (!('kind' in document)) return { status: 400, result: { errors: [invalid(document.message)] } };
  const { data, errors } = await execute({
    schema: graphSchema,
    document,
    rootValue: root,
    ...(resolveField ? { fieldResolver: resolveField } : {}),
    variableValues: variables ?? null,
    operationName: operationName ?? null,
  });
  // A variable that is not valid, with the code that the gateway has for it.
  if (data === undefined)
    return { status: 400, result: { errors: [invalid(errors?.[0]?.message ?? '', 'BAD_USER_INPUT')] } };
  return { status: 200, result: { data, ...(errors ? { errors } : {}), extensions: { catalogues } } };
}

/** What was received, by its text: the portal sends few operations, but each of them often. */
const validated = new Map<string, DocumentNode | { readonly message: string }>();

/** The operation of a text, or what is wrong with it. */
function parseValid(query: string): DocumentNode | { readonly message: string } {
  try {
    const document = parse(query);
    return validate(graphSchema, document)[0] ?? document;
  } catch (error) {
    return { message: (error as Error).message };
  }
}

const invalid = (message: string, code = 'GRAPHQL_VALIDATION_FAILED'): GraphQLFormattedError => ({
  message,
  extensions: { code },
});

/** A page of a list, as every connection of the graph has it. A cursor is the index of its item. */
export function toPage(items: readonly unknown[], { first = 20, after }: { first?: number; after?: string | null }) {
  const start = after === undefined || after === null ? 0 : Number(after) + 1;
  const nodes = items.slice(start, start + first);
  const end = start + nodes.length;
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: String(start + index) })),
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? String(start) : null,
      endCursor: nodes.length > 0 ? String(end - 1) : null,
    },
  };
}
