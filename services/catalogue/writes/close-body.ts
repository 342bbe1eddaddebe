import type { CloseAdministrationInput, CloseConsortiumInput } from '../generated/resolver-types.js';
import type { OrganisationParent, OrganisationRow } from '../rows.js';
import { ended, findBody } from './body.js';
import type { Write } from './resolve-write.js';
import { provenanceOfInput } from './row-of-input.js';
import type { ReadByEditor, Store } from './store.js';
import { bodies } from './subjects.js';

export const closeAdministration: Write<CloseAdministrationInput, { readonly administration: OrganisationParent }> = {
  action: 'closeAdministration',
  perform: async (input, store) => ({
    administration: await close(store, 'ADMINISTRATION', 'administrationId', { ...input, id: input.administrationId }),
  }),
};

export const closeConsortium: Write<CloseConsortiumInput, { readonly consortium: OrganisationParent }> = {
  action: 'closeConsortium',
  perform: async (input, store) => ({
    consortium: await close(store, 'CONSORTIUM', 'consortiumId', { ...input, id: input.consortiumId }),
  }),
};

async function close(
  store: Store,
  type: OrganisationRow['type'],
  idField: string,
  input: ReadByEditor & Pick<CloseConsortiumInput, 'end' | 'endPrecision' | 'provenance'>,
): Promise<OrganisationParent> {
  const before = await findBody(store, type, idField, input);
  const to = ended(before, [idField], {
    on: input.end,
    precision: input.endPrecision,
    field: ['end'],
    provenance: provenanceOfInput(input.provenance),
  });
  const [body] = await store.update(bodies, [{ before, to }]);
  return body as OrganisationParent;
}
