import type { RecordAdoptionInput } from '../../../generated/resolver-types.js';
import type { AdoptionParent } from '../../../model/rows.js';
import { inputToAdoption, checkAdoption, findUser } from './input.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { adoptions } from '../../../repositories/audited-tables.js';

export const recordAdoption: Mutation<RecordAdoptionInput, { readonly adoption: AdoptionParent }> = {
  action: 'recordAdoption',
  ownerOf: ({ administrationId }) => administrationId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const organisations = await findUser(unitOfWork, input.administrationId);
    const adoption = inputToAdoption(catalogue, organisations, newId(catalogue, 'adoption'), input);
    await checkAdoption(unitOfWork, organisations, adoption);
    return { adoption: await unitOfWork.insert(adoptions, adoption, null) };
  },
};
