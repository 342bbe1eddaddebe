import type { PublishTermsInput } from '../../../generated/resolver-types.js';
import * as entities from '../../../model/entities.js';
import type { TermsParent } from '../../../model/rows.js';
import { terms } from '../../../repositories/audited-tables.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToTerms } from './input.js';

export const publishTerms: Mutation<PublishTermsInput, { readonly terms: TermsParent }> = {
  action: 'publishTerms',
  ownerOf: ({ consortiumId }) => consortiumId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const { row, fees } = await inputToTerms(unitOfWork, catalogue, newId(catalogue, 'terms'), input);
    await unitOfWork.rows.addTo(entities.fee, fees);
    return { terms: await unitOfWork.insert(terms, row, null, { fees }) };
  },
};
