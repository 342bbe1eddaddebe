import type { WithdrawTermsInput } from '../../../generated/resolver-types.js';
import { terms } from '../../../repositories/audited-tables.js';
import type { Mutation } from '../core/run-mutation.js';
import { findTerms } from './find.js';

export const withdrawTerms: Mutation<WithdrawTermsInput, { readonly termsId: string }> = {
  action: 'withdrawTerms',
  ownerOf: ({ consortiumId }) => consortiumId ?? null,
  execute: async (input, unitOfWork) => {
    await unitOfWork.remove(terms, await findTerms(unitOfWork, input));
    return { termsId: input.termsId };
  },
};
