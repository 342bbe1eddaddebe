import type { RegisterAdministrationInput } from '../generated/resolver-types.js';
import type { OrganisationParent } from '../rows.js';
import { insertAdministration } from './administration.js';
import type { Write } from './resolve-write.js';
import { periodFields } from './row-of-input.js';

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
