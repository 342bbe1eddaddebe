import type { PlaceInPortfolioInput } from '../../../generated/resolver-types.js';
import type { PortfolioParent } from '../../../model/rows.js';
import { newId } from '../core/new-id.js';
import { checkPlace, placeOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { portfolioEntries } from '../../../repositories/audited-tables.js';

export const placeInPortfolio: Write<PlaceInPortfolioInput, { readonly portfolioEntry: PortfolioParent }> = {
  action: 'placeInPortfolio',
  ownerOf: ({ consortiumId }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const bodies = await store.findBodies({ consortiumId: input.consortiumId });
    const place = placeOf(bodies, newId(catalogue, 'portfolio'), input);
    await checkPlace(store, bodies, place, ['during']);
    return { portfolioEntry: await store.insert(portfolioEntries, place, null) };
  },
};
