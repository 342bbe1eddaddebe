import type { AdmitMemberInput } from '../../../generated/resolver-types.js';
import type { MembershipParent } from '../../../model/rows.js';
import { checkMembership, inputToMembership } from './input.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const admitMember: Mutation<AdmitMemberInput, { readonly membership: MembershipParent }> = {
  action: 'admitMember',
  ownerOf: ({ consortiumId }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const { consortiumId, memberId } = input;
    const organisations = await unitOfWork.findOrganisations({ consortiumId, memberId });
    const membership = inputToMembership(catalogue, organisations, newId(catalogue, 'membership'), input);
    await checkMembership(unitOfWork, organisations, membership);
    return { membership: await unitOfWork.insert(memberships, membership, null) };
  },
};
