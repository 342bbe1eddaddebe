import type { CloseAdministrationInput, CloseConsortiumInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent, OrganisationRow } from '../../../model/rows.js';
import { ended, findBody } from './find.js';
import type { Write } from '../core/run-mutation.js';
import { provenanceOfInput } from '../core/input-to-row.js';
import type { ReadByEditor, Store } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';

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
