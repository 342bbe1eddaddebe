import type { RecordAdoptionInput } from '../../../generated/resolver-types.js';
import type { AdoptionParent } from '../../../model/rows.js';
import { adoptionOf, checkAdoption, findUser } from './input.js';
import { newId } from '../core/new-id.js';
import type { Write } from '../core/run-mutation.js';
import { adoptions } from '../../../repositories/audited-tables.js';

export const recordAdoption: Write<RecordAdoptionInput, { readonly adoption: AdoptionParent }> = {
  action: 'recordAdoption',
  ownerOf: ({ administrationId }) => administrationId ?? null,
  perform: async (input, store, catalogue) => {
    const bodies = await findUser(store, input.administrationId);
    const adoption = adoptionOf(catalogue, bodies, newId(catalogue, 'adoption'), input);
    await checkAdoption(store, bodies, adoption);
    return { adoption: await store.insert(adoptions, adoption, null) };
  },
};
