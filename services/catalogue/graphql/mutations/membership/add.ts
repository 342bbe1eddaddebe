import type { AdmitMemberInput } from '../../../generated/resolver-types.js';
import type { MembershipParent } from '../../../model/rows.js';
import { checkMembership, membershipOf } from './input.js';
import { newId } from '../core/new-id.js';
import type { Write } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const admitMember: Write<AdmitMemberInput, { readonly membership: MembershipParent }> = {
  action: 'admitMember',
  ownerOf: ({ consortiumId }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const { consortiumId, memberId } = input;
    const bodies = await store.findBodies({ consortiumId, memberId });
    const membership = membershipOf(catalogue, bodies, newId(catalogue, 'membership'), input);
    await checkMembership(store, bodies, membership);
    return { membership: await store.insert(memberships, membership, null) };
  },
};
