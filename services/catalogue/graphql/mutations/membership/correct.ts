import type { CorrectMembershipInput } from '../../../generated/resolver-types.js';
import type { MembershipParent } from '../../../model/rows.js';
import { checkMembership, findMembership, inputToMembership } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const correctMembership: Mutation<CorrectMembershipInput, { readonly membership: MembershipParent }> = {
  action: 'correctMembership',
  ownerOf: ({ consortiumId }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const before = await findMembership(unitOfWork, input);
    const { consortiumId, memberId } = before;
    const organisations = await unitOfWork.findOrganisations({ consortiumId, memberId });
    const to = inputToMembership(catalogue, organisations, before.id, { ...input, memberId });
    await checkMembership(unitOfWork, organisations, to);
    const [membership] = await unitOfWork.update(memberships, [{ before, to }]);
    return { membership: membership as MembershipParent };
  },
};
