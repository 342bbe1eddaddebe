import { z } from 'zod';

import type { CatalogueState } from './catalogue-states.js';
import type { QuerySubgraph } from './feed-position.js';

const statusSchema = z.object({
  catalogueStatus: z.array(z.object({ country: z.string(), state: z.string(), position: z.string().nullable() })),
});

const query = 'query IndexPosition { catalogueStatus { country state position } }';

/** The state of Europe's index. */
export interface IndexPosition {
  /** A text that differs after any change in the index. */
  readonly position: string;
  /** The countries whose data in the index may be outdated, by code. */
  readonly outdatedCountries: ReadonlyMap<string, CatalogueState>;
}

/** Reads the position of Europe's index, and the countries whose data in it may be outdated. */
export async function readIndexPosition(sendQuery: QuerySubgraph): Promise<IndexPosition> {
  const { catalogueStatus: statuses } = statusSchema.parse((await sendQuery(query)).data);
  const behind = statuses.filter(({ state }) => state !== 'OK');
  return {
    position: JSON.stringify(statuses),
    // The index has no data of a country that it never read.
    outdatedCountries: new Map(
      behind.map(({ country, state }) => [country, state === 'NEVER_SEEN' ? 'UNAVAILABLE' : 'STALE']),
    ),
  };
}
