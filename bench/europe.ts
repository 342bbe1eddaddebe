import { isDeepStrictEqual } from 'node:util';

import { countries } from '../schema/values/countries.js';
import { openGraphQLClient } from './http-client.js';
import type { Graph } from './graph.js';
import { measureLatency } from './rounds.js';
import type { Run } from './run.js';
import { latencyCells, latencyColumns, type Report } from './table.js';

const fragment = `fragment Consortia on Catalogue {
  country title
  consortia(first: 50) { nodes {
    id name coverage { knownMembers eligible share complete }
    members(first: 5) { nodes { role member { name } } }
  } }
}`;
const everyCountry = `{ catalogues { ...Consortia } } ${fragment}`;
/** The same beside an organisation of a country without a catalogue, another one each time, so that no response is cached. */
const everyCountryUncached = `query ($other: ID!) { catalogues { ...Consortia } other: organisation(id: $other) { id } } ${fragment}`;
const oneCountry = (folder: string): string => `{ ${folder} { ...Consortia } } ${fragment}`;

/** Measures the overhead of the gateway and Europe compared with querying the countries directly. */
export async function measureEurope(graph: Graph, run: Run): Promise<Report> {
  const gateway = openGraphQLClient(graph.url('gateway'), 1);
  const clients = countries.map(({ folder }) => ({ folder, client: openGraphQLClient(graph.url(folder), 1) }));
  const direct = {
    name: 'each country directly, all at once',
    execute: () => Promise.all(clients.map(({ folder, client }) => client.query(oneCountry(folder)))),
  };
  const executed = {
    name: 'through the gateway, executed',
    execute: async (turn: number) => [
      await gateway.query(everyCountryUncached, { other: `zz:administration:${turn}` }),
    ],
  };
  const cached = {
    name: 'through the gateway, from its response cache',
    execute: async () => [await gateway.query(everyCountry)],
  };
  const variants = [direct, executed, cached];
  try {
    const single = await direct.execute();
    compare(single, await executed.execute(0), { other: null });
    compare(single, await cached.execute());
    const latencies = await measureLatency(variants, run.seconds, run);
    const [base = []] = latencies.values();
    return {
      title: 'eu: all countries with their consortia, coverage and first members',
      description: [
        'One operation through the gateway, which queries Europe and then every country, and the same fields queried by the',
        'client from every country; one request after the other. In brackets: the range of the ratio in single rounds.',
      ],
      columns: ['', ...latencyColumns],
      rows: [...latencies].map(([{ name }, rounds]) => [name, ...latencyCells(rounds, base)]),
    };
  } finally {
    await Promise.all([gateway, ...clients.map(({ client }) => client)].map((client) => client.close()));
  }
}

/**
 * @param others what the gateway's data has besides
 * @throws Error if the data of the gateway differs from that of the countries.
 */
function compare(direct: readonly string[], [through = '']: readonly string[], others: object = {}): void {
  const dataOf = (text: string): object => (JSON.parse(text) as { data: object }).data;
  const single: unknown[] = direct.flatMap((text) => Object.values(dataOf(text)) as unknown[]);
  if (!isDeepStrictEqual(dataOf(through), { catalogues: single, ...others })) {
    throw new Error(`The gateway and the countries return different data:\n${through}\n${direct.join('\n')}`);
  }
}
