import { isDeepStrictEqual } from 'node:util';

import { openGraphQLClient } from './http-client.js';
import type { Graph } from './graph.js';
import { measureLatency, type Variant } from './rounds.js';
import type { Run } from './run.js';
import { count, latencyCells, latencyColumns, type Report } from './table.js';

const query = `query ($first: Int, $after: String, $last: Int) {
  italy { administrations(first: $first, after: $after, last: $last) { nodes { id name } } }
}`;
const lastEdges = `{ italy { administrations(last: 21) { totalCount edges { cursor } } } }`;

interface Data {
  readonly italy: {
    readonly administrations: { readonly totalCount: number; readonly edges: readonly { readonly cursor: string }[] };
  };
}

/** Measures whether a page at the end of a long list costs more than one at its beginning. */
export async function measureDeepPages(graph: Graph, run: Run): Promise<Report> {
  const italy = openGraphQLClient(graph.url('italy'), 1);
  try {
    const { totalCount, edges } = ((await italy.readData(lastEdges)) as Data).italy.administrations;
    const after = edges[0]?.cursor;
    const toVariant = (name: string, variables: Record<string, unknown>): Variant => ({
      name,
      execute: () => italy.query(query, variables),
    });
    const variants = [
      toVariant('the first page: first: 20', { first: 20 }),
      toVariant('the last, forwards: first: 20, after: …', { first: 20, after }),
      toVariant('the last, backwards: last: 20', { last: 20 }),
    ];
    const [forwards, backwards] = [
      await italy.readData(query, { first: 20, after }),
      await italy.readData(query, { last: 20 }),
    ];
    if (!isDeepStrictEqual(forwards, backwards)) {
      throw new Error('The last page forwards and the last page backwards differ.');
    }
    const latencies = await measureLatency(variants, run.seconds, run);
    const [base = []] = latencies.values();
    return {
      title: 'walk: the first and the last page of Italy',
      description: [
        `20 of ${count(totalCount)} administrations, id and name, at the subgraph, one request after the other.`,
        'In brackets: the range of the ratio in single rounds.',
      ],
      columns: ['', ...latencyColumns],
      rows: [...latencies].map(([{ name }, rounds]) => [name, ...latencyCells(rounds, base)]),
    };
  } finally {
    await italy.close();
  }
}
