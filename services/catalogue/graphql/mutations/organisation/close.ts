import type { CloseAdministrationInput, CloseConsortiumInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent, OrganisationRow } from '../../../model/rows.js';
import { endOrganisation, findOrganisation } from './find.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToProvenance } from '../core/input-to-row.js';
import type { RowRevision, UnitOfWork } from '../core/unit-of-work.js';
import { organisations } from '../../../repositories/audited-tables.js';

export const closeAdministration: Mutation<CloseAdministrationInput, { readonly administration: OrganisationParent }> =
  {
    action: 'closeAdministration',
    execute: async (input, unitOfWork) => ({
      administration: await close(unitOfWork, 'ADMINISTRATION', 'administrationId', {
        ...input,
        id: input.administrationId,
      }),
    }),
  };

export const closeConsortium: Mutation<CloseConsortiumInput, { readonly consortium: OrganisationParent }> = {
  action: 'closeConsortium',
  execute: async (input, unitOfWork) => ({
    consortium: await close(unitOfWork, 'CONSORTIUM', 'consortiumId', { ...input, id: input.consortiumId }),
  }),
};

async function close(
  unitOfWork: UnitOfWork,
  type: OrganisationRow['type'],
  idField: string,
  input: RowRevision & Pick<CloseConsortiumInput, 'end' | 'endPrecision' | 'provenance'>,
): Promise<OrganisationParent> {
  const before = await findOrganisation(unitOfWork, type, idField, input);
  const to = endOrganisation(before, [idField], {
    on: input.end,
    precision: input.endPrecision,
    field: ['end'],
    provenance: inputToProvenance(input.provenance),
  });
  const [organisation] = await unitOfWork.update(organisations, [{ before, to }]);
  return organisation as OrganisationParent;
}
