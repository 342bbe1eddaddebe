import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { StateClaimInput } from '../../../generated/resolver-types.js';
import { toClaimRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { ClaimRow } from '../../../model/rows.js';
import { invalid, WriteRefused } from '../core/failures.js';
import { newId } from '../core/new-id.js';
import type { Write } from '../core/run-mutation.js';
import { originCells, originFields, referencesOf, rowOfInput } from '../core/input-to-row.js';
import { claims } from '../../../repositories/audited-tables.js';

const fields = {
  consortium: ['consortiumId'],
  address: ['solutionAddress'],
  out_of: ['outOf'],
  as_of: ['asOf'],
  published_on: ['publishedOn'],
  ...originFields,
};

export const stateClaim: Write<StateClaimInput, { readonly claim: ClaimRow }> = {
  action: 'stateClaim',
  ownerOf: ({ consortiumId = null }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const { consortiumId } = input;
    const found = await store.findBodies(consortiumId == null ? {} : { consortiumId });
    if (consortiumId != null && parseOrganisationId(consortiumId)?.type !== 'consortium') {
      throw new WriteRefused([invalid(['consortiumId'], 'must be the id of a consortium')]);
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
      ...originCells(input.provenance),
    };
    const references = referencesOf(input.provenance, found.keys());
    const row = rowOfInput(tables.claims, { cells, fields }, toClaimRow(references));
    return { claim: await store.insert(claims, row, null) };
  },
};
