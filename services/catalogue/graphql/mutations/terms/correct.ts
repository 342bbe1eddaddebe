import type { CorrectTermsInput } from '../../../generated/resolver-types.js';
import * as entities from '../../../model/entities.js';
import type { TermsParent } from '../../../model/rows.js';
import { terms } from '../../../repositories/audited-tables.js';
import type { Mutation } from '../core/run-mutation.js';
import { findTerms } from './find.js';
import { inputToTerms } from './input.js';

export const correctTerms: Mutation<CorrectTermsInput, { readonly terms: TermsParent | null }> = {
  action: 'correctTerms',
  ownerOf: ({ consortiumId }) => consortiumId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const before = await findTerms(unitOfWork, input);
    const { row, fees } = await inputToTerms(unitOfWork, catalogue, input.termsId, input);
    await unitOfWork.rows.removeFees(row.id);
    await unitOfWork.rows.addTo(entities.fee, fees);
    const [written = null] = await unitOfWork.update(terms, [{ before, to: row, related: { fees } }]);
    return { terms: written };
  },
};
