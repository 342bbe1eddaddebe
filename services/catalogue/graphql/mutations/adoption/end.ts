import type { EndAdoptionInput } from '../../../generated/resolver-types.js';
import { toPeriod } from '../../../model/periods.js';
import type { AdoptionParent, AdoptionRow } from '../../../model/rows.js';
import { inputToAdoption, findUser } from './input.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { adoptions } from '../../../repositories/audited-tables.js';

const fields = { end: ['end'], end_precision: ['endPrecision'] };

export const endAdoption: Mutation<EndAdoptionInput, { readonly adoption: AdoptionParent | null }> = {
  action: 'endAdoption',
  ownerOf: ({ administrationId }) => administrationId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const { administrationId, adoptionId: id, expectedRevision } = input;
    const organisations = await findUser(unitOfWork, administrationId);
    const isMeant = (adoption: AdoptionRow): boolean => adoption.administrationId === (administrationId ?? null);
    const before = await findOne(unitOfWork, adoptions, { id, expectedRevision }, 'adoptionId', isMeant);
    if (toPeriod(before).ended === true || before.status === 'ENDED')
      reject('ENDED', ['adoptionId'], `${id} has ended already.`);

    const { startDate, observedOn } = before;
    const during = { ...toPeriod(before), end: input.end, endPrecision: input.endPrecision ?? null, ended: true };
    const values = { ...before, group: before.usersGroup, solutionAddress: before.address, during };
    // An adoption without a start date counts from the day on which it was observed.
    const provenance = { ...input.provenance, ...(startDate === null ? { observedOn } : {}) };
    const to = inputToAdoption(catalogue, organisations, id, { ...values, provenance }, fields);
    const [adoption = null] = await unitOfWork.update(adoptions, [{ before, to }]);
    return { adoption };
  },
};
