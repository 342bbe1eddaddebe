import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { StateClaimInput } from '../../../generated/resolver-types.js';
import { toClaimRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { ClaimRow } from '../../../model/rows.js';
import { invalidValue, MutationError } from '../core/failures.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { provenanceCells, provenanceFields, toReferences, inputToRow } from '../core/input-to-row.js';
import { claims } from '../../../repositories/audited-tables.js';

const fields = {
  consortium: ['consortiumId'],
  address: ['solutionAddress'],
  out_of: ['outOf'],
  as_of: ['asOf'],
  published_on: ['publishedOn'],
  ...provenanceFields,
};

export const stateClaim: Mutation<StateClaimInput, { readonly claim: ClaimRow }> = {
  action: 'stateClaim',
  ownerOf: ({ consortiumId = null }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const { consortiumId } = input;
    const found = await unitOfWork.findOrganisations(consortiumId == null ? {} : { consortiumId });
    if (consortiumId != null && parseOrganisationId(consortiumId)?.type !== 'consortium') {
      throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
    }
    const cells = {
      id: newId(catalogue, 'claim'),
      consortium: consortiumId,
      address: input.solutionAddress,
      statement: input.statement,
      relation: input.relation,
      kind: input.kind,
      count: input.count,
      out_of: input.outOf,
      share: input.share,
      as_of: input.asOf,
      precision: input.precision,
      published_on: input.publishedOn,
      ...provenanceCells(input.provenance),
    };
    const references = toReferences(input.provenance, found.keys());
    const row = inputToRow(tables.claims, { cells, fields }, toClaimRow(references));
    return { claim: await unitOfWork.insert(claims, row, null) };
  },
};
