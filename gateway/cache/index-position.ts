import { z } from 'zod';

import type { CatalogueState } from './catalogue-states.js';
import type { QuerySubgraph } from './feed-position.js';

const statusSchema = z.object({
  catalogueStatus: z.array(z.object({ country: z.string(), state: z.string(), position: z.string().nullable() })),
});

const query = '{ catalogueStatus { country state position } }';

/** What Europe's index has. */
export interface IndexPosition {
  /** A text that is another one when anything in the index may have changed. */
  readonly position: string;
  /** The countries of which it may not have the latest, by code. */
  readonly outdatedCountries: ReadonlyMap<string, CatalogueState>;
}

/** Finds out how far Europe's index has come, and of which countries it may not have the latest. */
export async function readIndexPosition(ask: QuerySubgraph): Promise<IndexPosition> {
  const { catalogueStatus: statuses } = statusSchema.parse((await ask(query)).data);
  const behind = statuses.filter(({ state }) => state !== 'OK');
  return {
    position: JSON.stringify(statuses),
    // Of one that was never read there is nothing, not even something old.
    outdatedCountries: new Map(
      behind.map(({ country, state }) => [country, state === 'NEVER_SEEN' ? 'UNAVAILABLE' : 'STALE']),
    ),
  };
}
