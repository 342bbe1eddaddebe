import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { type GraphQLSchema, parse, print, visit } from 'graphql';
import { request as send } from 'undici';

import { variableOf } from '../../cli/start/settings.js';
import { readProjectFile } from '../../schema/files.js';
import { apiSchema } from '../../schema/sdl/api-schema.js';
import { countries, type Country, europe } from '../../schema/values/countries.js';
import type { Graph } from '../graph.js';

/** Subgraphs of all member states at `/<name>`, over those of the present countries. */
export interface StubCountries {
  readonly urlOf: (name: string) => string;
  readonly stop: () => Promise<void>;
}

interface SubgraphRequest {
  readonly query: string;
  readonly variables?: unknown;
}

/**
 * Starts them. An added country responds as the first one does, under its own names; Europe knows the present countries only, and
 * is not asked for types of the others. A request that is repeated gets the recorded response, so that gateways do not wait.
 */
export async function startStubCountries(
  { gatewayVariables }: Graph,
  added: readonly Country[],
): Promise<StubCountries> {
  const [model] = countries as readonly [Country, ...Country[]];
  const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
  const recorded = new Map<string, Promise<string>>();

  const forward = async (name: string, body: SubgraphRequest): Promise<string> => {
    const [secret = ''] = (gatewayVariables[variableOf(name, 'SUBGRAPH_SECRETS')] ?? '').split(',');
    const response = await send(gatewayVariables[variableOf(name, 'URL')] ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
    });
    return response.body.text();
  };
  const respond = async (name: string, body: string): Promise<string> => {
    const { query, variables } = JSON.parse(body) as SubgraphRequest;
    const country = added.find(({ folder }) => folder === name);
    if (country) {
      const response = await forward(model.folder, { query: rename(query, country, model), variables });
      return rename(response, model, country);
    }
    return forward(name, { query: name === europe.folder ? withKnownTypes(query, schema) : query, variables });
  };
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    void text(request).then(async (body) => {
      const key = `${name} ${body}`;
      const found = recorded.get(key) ?? respond(name, body);
      recorded.set(key, found);
      response.setHeader('content-type', 'application/json').end(await found);
    });
  });
  // A gateway keeps its connections until its next turn.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Replaces the names of a country by those of another: its field on Query, and its types. */
const rename = (content: string, from: Country, to: Country): string =>
  content.replaceAll(from.adjective, to.adjective).replaceAll(from.folder, to.folder);

/** The query without fragments on types that the schema lacks. */
const withKnownTypes = (query: string, schema: GraphQLSchema): string =>
  print(
    visit(parse(query), {
      InlineFragment: ({ typeCondition }) =>
        typeCondition && !schema.getType(typeCondition.name.value) ? null : undefined,
    }),
  );
