/** Plain @apollo/gateway in plain @apollo/server, as in its documentation: the other gateways are compared with it. */
import './no-telemetry.js';

import { readFileSync } from 'node:fs';

import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

import { supergraphPath } from '../../../schema/files.js';
import { readSubgraphs } from './subgraphs.js';

const addresses = new Map(readSubgraphs(process.env).map((address) => [address.name, address]));

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphPath, 'utf8'),
  buildService: ({ name }) => {
    const { url = '', headers = {} } = addresses.get(name) ?? {};
    return new RemoteGraphQLDataSource({
      url,
      willSendRequest: ({ request }) => {
        for (const [header, value] of Object.entries(headers)) request.http?.headers.set(header, value);
      },
    });
  },
});
await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: '127.0.0.1', port: Number(process.env['PORT']) },
});
