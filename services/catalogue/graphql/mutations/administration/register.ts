import type { RegisterAdministrationInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { insertAdministration } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { periodFields } from '../core/input-to-row.js';

export const registerAdministration: Write<
  RegisterAdministrationInput,
  { readonly administration: OrganisationParent }
> = {
  action: 'registerAdministration',
  perform: async ({ administration: said, existed, provenance }, store, catalogue) => ({
    administration: await insertAdministration(store, catalogue, {
      said,
      at: ['administration'],
      existed,
      periodFields: periodFields('existed'),
      provenance,
    }),
  }),
};
