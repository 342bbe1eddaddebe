import { isDeepStrictEqual } from 'node:util';

import pg from 'pg';

import { today } from '../services/shared/dates.js';
import { italy } from '../services/italy/catalogue.js';
import { dataOf, openGraphQLClient } from './http-client.js';
import type { Graph } from './graph.js';
import { addMemberships } from './more-memberships.js';
import { pageQuery, pageStatement } from './page-statement.js';
import { type Place, readPlaces } from './page-positions.js';
import type { Variant } from './rounds.js';
import type { Run } from './run.js';

/** A way to a page, and the services that work for it. */
export interface PageVariant extends Variant {
  /** The page after a place, as JSON. */
  readonly page: (place: Place) => Promise<string>;
  readonly services: readonly string[];
}

/** Three ways to the same page. The first is the one that the others are compared with. */
export interface PageVariants {
  readonly ways: readonly [PageVariant, PageVariant, PageVariant];
  readonly administrations: number;
  readonly memberships: number;
  /** The processes in which PostgreSQL works for them. */
  readonly backends: () => Promise<number[]>;
  readonly close: () => Promise<void>;
}

export async function openPageVariants(graph: Graph, connections: number, run: Run): Promise<PageVariants> {
  const database = new pg.Pool({ connectionString: graph.databaseUrl('italy'), max: connections });
  const subgraph = openGraphQLClient(graph.url('italy'), connections);
  const gateway = openGraphQLClient(graph.url('gateway'), connections);
  const close = async (): Promise<void> => {
    await Promise.all([database.end(), subgraph.close(), gateway.close()]);
  };
  try {
    run.log('adding memberships, and comparing the three answers …');
    const memberships = await addMemberships(database);
    const places = await readPlaces(subgraph, database);
    const day = today();
    // The last ones have no full page after them. A prime stride leads to a different one each time.
    const full = places.slice(0, -20);
    const way = (name: string, services: readonly string[], page: PageVariant['page']): PageVariant => ({
      name,
      services,
      page,
      ask: (turn) => page(full[(turn * 397) % full.length] as Place),
    });
    const ways = [
      way('one pg statement', [], async ({ sortName, id }) => {
        const values = [sortName, id, day, italy.languages];
        const { rows } = await database.query<{ answer: string }>({ name: 'page', text: pageStatement, values });
        return rows[0]?.answer ?? '';
      }),
      way('at the subgraph', ['italy'], ({ cursor }) => subgraph.query(pageQuery, { after: cursor })),
      way('through the gateway', ['italy', 'gateway'], ({ cursor }) => gateway.query(pageQuery, { after: cursor })),
    ] as const;
    await compare(ways, samplesOf(places));
    return {
      ways: [...ways],
      administrations: places.length,
      memberships,
      backends: async () => {
        const { rows } = await database.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE usename = USER');
        return rows.map(({ pid }) => pid);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Every two hundredth, and the last two pages, of which one is not full and one is empty. */
const samplesOf = (places: readonly Place[]): Place[] =>
  places.filter((_, index) => index % 200 === 0 || index === places.length - 10 || index === places.length - 1);

/** @throws Error when the ways do not give the same data. */
async function compare(ways: readonly PageVariant[], places: readonly Place[]): Promise<void> {
  for (const place of places) {
    const answers = await Promise.all(ways.map(({ page }) => page(place)));
    const [base, ...others] = answers.map(dataOf);
    if (others.every((other) => isDeepStrictEqual(other, base))) continue;
    const shown = ways.map(({ name }, index) => `${name}: ${answers[index]?.slice(0, 1000) ?? ''}`);
    throw new Error([`The answers differ after ${place.id}.`, ...shown].join('\n'));
  }
}
