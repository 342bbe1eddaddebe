import type { Transport } from '@graphql-mesh/transport-common';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';

/**
 * How Hive Gateway asks a subgraph over HTTP: with what @graphql-mesh/transport-http, which it would load by default, is
 * made of.
 */
export const httpTransport: Transport = {
  getSubgraphExecutor: ({ transportEntry: { location = '', headers = [], options }, fetch, getDisposeReason }) =>
    buildHTTPExecutor({
      ...options,
      endpoint: location,
      headers: Object.fromEntries(headers),
      fetch: fetch as typeof globalThis.fetch,
      ...(getDisposeReason ? { getDisposeReason } : {}),
    }),
};
