import { isDeepStrictEqual } from 'node:util';

import pg from 'pg';

import { today } from '../../services/shared/dates.js';
import { italy } from '../../services/italy/catalogue.js';
import type { Graph } from '../graph.js';
import { dataOf, type GraphQLClient, openGraphQLClient } from '../http-client.js';
import type { Variant } from '../rounds.js';
import type { Run } from '../run.js';
import { addMemberships } from './more-memberships.js';
import { pageQuery, pageStatement } from './one-statement.js';
import { type Peer, startPeers } from './peers.js';
import { type PagePosition, readPagePositions } from './positions.js';
import { createViews, readViewCursors, toCatalogueData, viewQuery } from './postgraphile-views.js';

/** A way to fetch a page, and the processes that take part in it. */
export interface PageVariant extends Variant {
  /** The page after a position, as JSON. */
  readonly page: (position: PagePosition) => Promise<string>;
  readonly processes: readonly number[];
  /** The data of the page as the catalogue has it. Default: that of the response. */
  readonly toData?: (data: unknown) => unknown;
}

/** Several ways to fetch the same page. The others are compared with the first. */
export interface PageVariants {
  readonly variants: readonly [PageVariant, ...PageVariant[]];
  readonly administrations: number;
  readonly memberships: number;
  /** The process ids of PostgreSQL that serve them. */
  readonly backends: () => Promise<number[]>;
  readonly close: () => Promise<void>;
}

type ToVariant = (variant: Omit<PageVariant, 'execute'>) => PageVariant;

export async function openPageVariants(graph: Graph, connections: number, run: Run): Promise<PageVariants> {
  const database = new pg.Pool({ connectionString: graph.databaseUrl('italy'), max: connections });
  const undo: (() => Promise<unknown>)[] = [() => database.end()];
  const close = async (): Promise<void> => {
    await Promise.all(undo.map((step) => step()));
  };
  const open = (url: string, secret?: string): GraphQLClient => {
    const client = openGraphQLClient(url, connections, secret);
    undo.push(() => client.close());
    return client;
  };
  try {
    run.log('adding memberships, and starting the servers beside ours …');
    const memberships = await addMemberships(database);
    const day = today();
    await createViews(database, day);
    const peers = await startPeers(graph.databaseUrl('italy'), run.signal);
    undo.push(...peers.map(({ stop }) => stop));
    const direct = open(graph.url('italy'));
    const positions = await readPagePositions(direct, database);
    // No full page follows the last ones. A prime stride leads to a different position each time.
    const full = positions.slice(0, -20);
    const toVariant: ToVariant = (variant) => ({
      ...variant,
      execute: (turn) => variant.page(full[(turn * 397) % full.length] as PagePosition),
    });
    const ours = (name: string, services: readonly string[], url: string, secret?: string): PageVariant => {
      const client = open(url, secret);
      const page: PageVariant['page'] = ({ cursor }) => client.query(pageQuery, { after: cursor });
      return toVariant({ name, page, processes: services.map(graph.processId) });
    };
    const { ITALY_URL: subgraphUrl = '', ITALY_SUBGRAPH_SECRETS: secrets = '' } = graph.gatewayVariables;
    const variants = [
      toVariant({
        name: 'one pg statement',
        processes: [],
        page: async ({ sortName, id }) => {
          const values = [sortName, id, day, italy.languages];
          const { rows } = await database.query<{ response: string }>({ name: 'page', text: pageStatement, values });
          return rows[0]?.response ?? '';
        },
      }),
      ...(await Promise.all(peers.map(async (peer) => toVariant(await toPeerVariant(peer, open(peer.url)))))),
      ours('Italy, /subgraph', ['italy'], subgraphUrl, secrets.split(',')[0]),
      ours('Italy, /graphql', ['italy'], graph.url('italy')),
      ours('through the gateway', ['italy', 'gateway'], graph.url('gateway')),
    ] as const;
    run.log('comparing the responses …');
    await compare(variants, pickSamples(positions));
    return {
      variants,
      administrations: positions.length,
      memberships,
      backends: async () => {
        const { rows } = await database.query<{ pid: number }>(
          'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
        );
        return rows.map(({ pid }) => pid);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function toPeerVariant(peer: Peer, client: GraphQLClient): Promise<Omit<PageVariant, 'execute'>> {
  const { name, processId } = peer;
  if (!peer.isPostGraphile)
    return { name, processes: [processId], page: ({ cursor }) => client.query(pageQuery, { after: cursor }) };
  const cursors = await readViewCursors(peer.url);
  return {
    name,
    processes: [processId],
    page: ({ id }) => client.query(viewQuery, { after: cursors.get(id) }),
    toData: toCatalogueData,
  };
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
    const [base, ...others] = responses.map((response, index) => {
      const data = dataOf(response);
      return variants[index]?.toData?.(data) ?? data;
    });
    if (others.every((other) => isDeepStrictEqual(other, base))) continue;
    const shown = variants.map(({ name }, index) => `${name}: ${responses[index]?.slice(0, 1000) ?? ''}`);
    throw new Error([`The responses differ after ${position.id}.`, ...shown].join('\n'));
  }
}
