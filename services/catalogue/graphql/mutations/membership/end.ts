import type { EndMembershipInput } from '../../../generated/resolver-types.js';
import { toPeriod } from '../../../model/periods.js';
import type { MembershipParent } from '../../../model/rows.js';
import { reject } from '../core/failures.js';
import { findMembership, inputToMembership } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const endMembership: Mutation<EndMembershipInput, { readonly membership: MembershipParent }> = {
  action: 'endMembership',
  ownerOf: ({ consortiumId }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const before = await findMembership(unitOfWork, input);
    const { consortiumId, memberId, role, startDate, observedOn } = before;
    if (toPeriod(before).ended === true) {
      reject('ENDED', ['membershipId'], `${before.id} has ended already: use correctMembership to change its end.`);
    }
    const organisations = await unitOfWork.findOrganisations({ consortiumId, memberId });
    const to = inputToMembership(
      catalogue,
      organisations,
      before.id,
      {
        consortiumId,
        memberId,
        role,
        during: { ...toPeriod(before), end: input.end, endPrecision: input.endPrecision ?? null, ended: true },
        endReason: input.endReason ?? null,
        // A membership without a start date counts from the day on which it was observed.
        provenance: { ...input.provenance, ...(startDate === null ? { observedOn } : {}) },
      },
      { end: ['end'], end_precision: ['endPrecision'] },
    );
    const [membership] = await unitOfWork.update(memberships, [{ before, to }]);
    return { membership: membership as MembershipParent };
  },
};
