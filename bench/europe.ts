import { isDeepStrictEqual } from 'node:util';

import { countries } from '../schema/values/countries.js';
import { openGraphQLClient } from './http-client.js';
import type { Graph } from './graph.js';
import { measureLatency } from './rounds.js';
import type { Run } from './run.js';
import { latencyCells, latencyColumns, type Report } from './table.js';

const fragment = `fragment Reach on Catalogue {
  country title
  consortia(first: 50) { nodes {
    id name coverage { knownMembers eligible share complete }
    members(first: 5) { nodes { role member { name } } }
  } }
}`;
const everyCountry = `{ catalogues { ...Reach } } ${fragment}`;
const oneCountry = (folder: string): string => `{ ${folder} { ...Reach } } ${fragment}`;

/** What the gateway and Europe cost, beside countries that are asked directly. */
export async function measureEurope(graph: Graph, run: Run): Promise<Report> {
  const gateway = openGraphQLClient(graph.url('gateway'), 1);
  const doors = countries.map(({ folder }) => ({ folder, door: openGraphQLClient(graph.url(folder), 1) }));
  const direct = {
    name: 'each country directly, all at once',
    ask: () => Promise.all(doors.map(({ folder, door }) => door.query(oneCountry(folder)))),
  };
  const through = { name: 'through the gateway', ask: async () => [await gateway.query(everyCountry)] };
  const ways = [direct, through];
  try {
    compare(await direct.ask(), await through.ask());
    const latencies = await measureLatency(ways, run.seconds, run);
    const [base = []] = latencies.values();
    return {
      title: 'eu: all countries with their consortia, coverage and first members',
      how: [
        'One operation through the gateway, which asks Europe and then every country, against the same question put to',
        'every country by the client; one after the other. In brackets: the ratio of single rounds.',
      ],
      columns: ['', ...latencyColumns],
      rows: [...latencies].map(([{ name }, rounds]) => [name, ...latencyCells(rounds, base)]),
    };
  } finally {
    await Promise.all([gateway, ...doors.map(({ door }) => door)].map((door) => door.close()));
  }
}

/** @throws Error when the gateway does not answer what the countries do. */
function compare(direct: readonly string[], [through = '']: readonly string[]): void {
  const dataOf = (text: string): object => (JSON.parse(text) as { data: object }).data;
  const single: unknown[] = direct.flatMap((text) => Object.values(dataOf(text)) as unknown[]);
  if (!isDeepStrictEqual(dataOf(through), { catalogues: single })) {
    throw new Error(`The gateway and the countries differ:\n${through}\n${direct.join('\n')}`);
  }
}
