import type { PlaceInPortfolioInput } from '../../../generated/resolver-types.js';
import type { PortfolioParent } from '../../../model/rows.js';
import { newId } from '../core/new-id.js';
import { checkPortfolioEntry, inputToPortfolioEntry } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { portfolioEntries } from '../../../repositories/audited-tables.js';

export const placeInPortfolio: Mutation<PlaceInPortfolioInput, { readonly portfolioEntry: PortfolioParent }> = {
  action: 'placeInPortfolio',
  ownerOf: ({ consortiumId }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const organisations = await unitOfWork.findOrganisations({ consortiumId: input.consortiumId });
    const entry = inputToPortfolioEntry(organisations, newId(catalogue, 'portfolio'), input);
    await checkPortfolioEntry(unitOfWork, organisations, entry, ['during']);
    return { portfolioEntry: await unitOfWork.insert(portfolioEntries, entry, null) };
  },
};
