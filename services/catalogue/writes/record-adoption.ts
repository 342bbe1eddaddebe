import type { RecordAdoptionInput } from '../generated/resolver-types.js';
import type { AdoptionParent } from '../rows.js';
import { adoptionOf, checkAdoption, findUser } from './adoption.js';
import { newId } from './new-id.js';
import type { Write } from './resolve-write.js';
import { adoptions } from './subjects.js';

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
