import type { RegisterAdministrationInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { insertAdministration } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { periodFields } from '../core/input-to-row.js';

export const registerAdministration: Mutation<
  RegisterAdministrationInput,
  { readonly administration: OrganisationParent }
> = {
  action: 'registerAdministration',
  execute: async ({ administration: input, existed, provenance }, unitOfWork, catalogue) => ({
    administration: await insertAdministration(unitOfWork, catalogue, {
      input,
      at: ['administration'],
      existed,
      periodFields: periodFields('existed'),
      provenance,
    }),
  }),
};
