import { isDeepStrictEqual } from 'node:util';

import pg from 'pg';

import { today } from '../services/shared/dates.js';
import { italy } from '../services/italy/catalogue.js';
import { dataOf, openGraphQLClient } from './http-client.js';
import type { Graph } from './graph.js';
import { addMemberships } from './more-memberships.js';
import { pageQuery, pageStatement } from './page-statement.js';
import { type PagePosition, readPagePositions } from './page-positions.js';
import type { Variant } from './rounds.js';
import type { Run } from './run.js';

/** A way to fetch a page, and the services that take part in it. */
export interface PageVariant extends Variant {
  /** The page after a position, as JSON. */
  readonly page: (position: PagePosition) => Promise<string>;
  readonly services: readonly string[];
}

/** Three ways to fetch the same page. The others are compared with the first. */
export interface PageVariants {
  readonly variants: readonly [PageVariant, PageVariant, PageVariant];
  readonly administrations: number;
  readonly memberships: number;
  /** The process ids of PostgreSQL that serve them. */
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
    run.log('adding memberships, and comparing the three responses …');
    const memberships = await addMemberships(database);
    const positions = await readPagePositions(subgraph, database);
    const day = today();
    // No full page follows the last ones. A prime stride leads to a different position each time.
    const full = positions.slice(0, -20);
    const toVariant = (name: string, services: readonly string[], page: PageVariant['page']): PageVariant => ({
      name,
      services,
      page,
      execute: (turn) => page(full[(turn * 397) % full.length] as PagePosition),
    });
    const variants = [
      toVariant('one pg statement', [], async ({ sortName, id }) => {
        const values = [sortName, id, day, italy.languages];
        const { rows } = await database.query<{ response: string }>({ name: 'page', text: pageStatement, values });
        return rows[0]?.response ?? '';
      }),
      toVariant('at the subgraph', ['italy'], ({ cursor }) => subgraph.query(pageQuery, { after: cursor })),
      toVariant('through the gateway', ['italy', 'gateway'], ({ cursor }) =>
        gateway.query(pageQuery, { after: cursor }),
      ),
    ] as const;
    await compare(variants, pickSamples(positions));
    return {
      variants: [...variants],
      administrations: positions.length,
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

/** Every two hundredth position, and those of the last two pages, of which one is not full and one is empty. */
const pickSamples = (positions: readonly PagePosition[]): PagePosition[] =>
  positions.filter(
    (_, index) => index % 200 === 0 || index === positions.length - 10 || index === positions.length - 1,
  );

/** @throws Error if the variants do not return the same data. */
async function compare(variants: readonly PageVariant[], positions: readonly PagePosition[]): Promise<void> {
  for (const position of positions) {
    const responses = await Promise.all(variants.map(({ page }) => page(position)));
    const [base, ...others] = responses.map(dataOf);
    if (others.every((other) => isDeepStrictEqual(other, base))) continue;
    const shown = variants.map(({ name }, index) => `${name}: ${responses[index]?.slice(0, 1000) ?? ''}`);
    throw new Error([`The responses differ after ${position.id}.`, ...shown].join('\n'));
  }
}
