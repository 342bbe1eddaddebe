import type pg from 'pg';

import type { GraphQLClient } from '../http-client.js';

/** A row of a list after which a page begins. */
export interface PagePosition {
  readonly id: string;
  readonly cursor: string;
  /** The name by which the list is ordered. */
  readonly sortName: string;
}

interface Data {
  readonly italy: {
    readonly administrations: {
      readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    };
  };
}

const query = `query ($after: String) {
  italy { administrations(first: 200, after: $after) {
    edges { cursor node { id } } pageInfo { endCursor hasNextPage }
  } }
}`;

/** Every administration of Italy, in the order of the list. */
export async function readPagePositions(italy: GraphQLClient, database: pg.Pool): Promise<PagePosition[]> {
  const { rows } = await database.query<{ id: string; name: string }>('SELECT id, sort_name AS name FROM organisation');
  const sortNames = new Map(rows.map(({ id, name }) => [id, name]));
  const positions: PagePosition[] = [];
  for (let after: string | null = null; ;) {
    const { italy: catalogue } = (await italy.readData(query, { after })) as Data;
    const { edges, pageInfo } = catalogue.administrations;
    positions.push(...edges.map(({ cursor, node: { id } }) => ({ id, cursor, sortName: sortNames.get(id) ?? '' })));
    if (!pageInfo.hasNextPage) return positions;
    after = pageInfo.endCursor;
  }
}
