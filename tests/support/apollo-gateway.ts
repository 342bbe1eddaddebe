import { ApolloServer } from '@apollo/server';
import { Agent, fetch } from 'undici';

/** Apollo's gateway over the same subgraphs, with which ours is compared. */
export interface PlainGateway {
  /** Returns the data of the response. Rejects if it has errors. */
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Starts @apollo/gateway in @apollo/server as in its documentation, without its telemetry. */
export async function startPlainGateway(
  supergraphSdl: string,
  urls: Readonly<Record<string, string>>,
): Promise<PlainGateway> {
  // The package reads it when it is loaded.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const { ApolloGateway, RemoteGraphQLDataSource } = await import('@apollo/gateway');
  // A connection for each request: its own does not repeat one on a connection that the subgraph closes at that moment.
  const dispatcher = new Agent({ pipelining: 0 });
  const fetchOnce: typeof fetch = (url, init) => fetch(url, { ...init, dispatcher });
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource({
        url: urls[name] ?? url ?? '',
        fetcher: fetchOnce,
      }),
  });
  const server = new ApolloServer({ gateway, stopOnTerminationSignals: false });
  await server.start();
  return {
    query: async (query, variables = {}) => {
      const { body } = await server.executeOperation({ query, variables: { ...variables } });
      if (body.kind !== 'single') throw new Error('The response is incremental.');
      if (body.singleResult.errors) throw new Error(JSON.stringify(body.singleResult.errors));
      return body.singleResult.data;
    },
    stop: async () => {
      await server.stop();
      await dispatcher.close();
    },
  };
}
