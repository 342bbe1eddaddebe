import type { StateConsortiumStatusInput } from '../../../generated/resolver-types.js';
import { toStatusColumns } from '../../../import/tables/to-rows.js';
import { toPeriod } from '../../../model/periods.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { organisations } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { mapRowErrors, provenanceCells, provenanceFields, toReferences } from '../core/input-to-row.js';
import type { Mutation } from '../core/run-mutation.js';
import { findOrganisation } from '../organisation/find.js';

const fields = {
  status: ['status'],
  status_observed_on: provenanceFields.observed_on,
  ...provenanceFields,
};

export const stateConsortiumStatus: Mutation<StateConsortiumStatusInput, { readonly consortium: OrganisationParent }> =
  {
    action: 'stateConsortiumStatus',
    ownerOf: ({ consortiumId }) => consortiumId,
    execute: async (input, unitOfWork) => {
      const before = await findOrganisation(unitOfWork, 'CONSORTIUM', 'consortiumId', {
        id: input.consortiumId,
        expectedRevision: input.expectedRevision,
      });
      if (toPeriod(before).ended === true)
        reject('ENDED', ['consortiumId'], `${before.id} has ended; its end states its status.`);
      const references = toReferences(input.provenance, []);
      const { source, observed_on, method, note } = provenanceCells(input.provenance);
      const status = mapRowErrors(fields, () =>
        toStatusColumns(references, {
          status: input.status ?? null,
          status_source: source,
          status_observed_on: observed_on ?? null,
          status_method: method ?? null,
          status_note: note ?? null,
        }),
      );
      const [consortium] = await unitOfWork.update(organisations, [{ before, to: { ...before, ...status } }]);
      return { consortium: consortium as OrganisationParent };
    },
  };
