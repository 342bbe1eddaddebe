import { makeExecutableSchema } from '@graphql-tools/schema';

import { type Endpoint, startService } from '../../services/kit/http/service.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { addCatalogueStates, recordCacheability } from '../cache/apollo-plugins.js';
import type { GatewayContext, ServiceState } from '../request/request-context.js';
import { accountOf } from '../http/apollo-fallback.js';
import { createHttpHandler, type HttpHandlerOptions } from '../http/http-handler.js';
import { createPersistedQueries } from '../documents/persisted-queries.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** A fake country that responds as a test configures, and the contexts of its requests. */
interface FakeCountry {
  state: ServiceState;
  /** It responds after this promise resolves. */
  gate: Promise<void>;
  readonly contexts: GatewayContext[];
}

export interface TestHandler {
  readonly url: string;
  readonly denmark: FakeCountry;
  readonly post: (body: unknown, headers?: Readonly<Record<string, string>>, signal?: AbortSignal) => Promise<Response>;
  readonly get: (search: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

const typeDefs = `
  type Query { denmark(id: ID): Catalogue greeting: String broken: String catalogueStatus: String solutions: String }
  type Catalogue { title: String changes: String }
`;

/** Starts the HTTP handler of a gateway with Denmark as its only service. */
export async function startTestHandler(
  options: Partial<HttpHandlerOptions> = {},
  serverOptions: Partial<Endpoint<GatewayContext>['options']> = {},
): Promise<TestHandler> {
  const denmark: FakeCountry = { state: 'OK', gate: Promise.resolve(), contexts: [] };
  const resolveDenmark = async (_root: unknown, { id }: { id?: string }, context: GatewayContext) => {
    denmark.contexts.push(context);
    await denmark.gate;
    context.outcome.services.set('denmark', denmark.state);
    if (denmark.state !== 'OK') throw new Error('Denmark is down');
    return { title: `${id ?? 'Denmark'} ${denmark.contexts.length}`, changes: 'none' };
  };
  const resolvers = {
    Query: {
      denmark: resolveDenmark,
      greeting: () => 'hello',
      catalogueStatus: (_root: unknown, _args: unknown, { outcome }: GatewayContext) => {
        outcome.services.set('europe', 'OK');
        return 'fine';
      },
      solutions: (_root: unknown, _args: unknown, { outcome }: GatewayContext) => {
        outcome.services.set('europe', 'OK');
        return 'many';
      },
      broken: () => {
        throw new Error('at 10.0.0.1');
      },
    },
  };
  const service = await startService<GatewayContext>({
    port: 0,
    logger: silentLogger,
    endpoints: [
      {
        path: '/graphql',
        isPublic: true,
        accountOf,
        options: {
          schema: makeExecutableSchema({ typeDefs, resolvers }),
          plugins: [addCatalogueStates({ outdatedCountries: () => new Map() }), recordCacheability],
          ...serverOptions,
        },
        handle: createHttpHandler({
          timeoutMs: 10_000,
          documents: createPersistedQueries(),
          logger: silentLogger,
          ...options,
        }),
      },
    ],
    readinessProblems: () => Promise.resolve([]),
  });
  const url = `http://127.0.0.1:${service.port}/graphql`;
  return {
    url,
    denmark,
    post: (body, headers = {}, signal) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.isBuffer(body) ? Uint8Array.from(body) : typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal ? { signal } : {}),
      }),
    get: (search, headers = {}) => fetch(url + search, { headers }),
    stop: service.stop,
  };
}

/** Creates a promise, and a function that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Waits until a condition holds. */
export const until = (condition: () => boolean): Promise<void> =>
  waitUntil(`this to be true: ${condition.toString()}`, condition, { intervalMs: 5 });
