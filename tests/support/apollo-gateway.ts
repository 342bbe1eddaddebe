import { ApolloServer } from '@apollo/server';

/** Apollo's own gateway over the same subgraphs: what ours is held against. */
export interface PlainGateway {
  /** The answer's data, null where there are errors beside it. */
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Starts @apollo/gateway in @apollo/server as its documentation says, without its telemetry. */
export async function startPlainGateway(
  supergraphSdl: string,
  urls: Readonly<Record<string, string>>,
): Promise<PlainGateway> {
  // Read when the package is loaded.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const { ApolloGateway, RemoteGraphQLDataSource } = await import('@apollo/gateway');
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => new RemoteGraphQLDataSource({ url: urls[name] ?? url ?? '' }),
  });
  const server = new ApolloServer({ gateway, stopOnTerminationSignals: false });
  await server.start();
  return {
    ask: async (query, variables = {}) => {
      const { body } = await server.executeOperation({ query, variables: { ...variables } });
      if (body.kind !== 'single') throw new Error('The answer comes in parts.');
      if (body.singleResult.errors) throw new Error(JSON.stringify(body.singleResult.errors));
      return body.singleResult.data;
    },
    stop: () => server.stop(),
  };
}
