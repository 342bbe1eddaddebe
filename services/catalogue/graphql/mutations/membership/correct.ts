import type { CorrectMembershipInput } from '../../../generated/resolver-types.js';
import type { MembershipParent } from '../../../model/rows.js';
import { checkMembership, findMembership, membershipOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const correctMembership: Write<CorrectMembershipInput, { readonly membership: MembershipParent }> = {
  action: 'correctMembership',
  ownerOf: ({ consortiumId }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const before = await findMembership(store, input);
    const { consortiumId, memberId } = before;
    const bodies = await store.findBodies({ consortiumId, memberId });
    const to = membershipOf(catalogue, bodies, before.id, { ...input, memberId });
    await checkMembership(store, bodies, to);
    const [membership] = await store.update(memberships, [{ before, to }]);
    return { membership: membership as MembershipParent };
  },
};
