import type { EndMembershipInput } from '../../../generated/resolver-types.js';
import { periodOf } from '../../../model/periods.js';
import type { MembershipParent } from '../../../model/rows.js';
import { refuse } from '../core/failures.js';
import { findMembership, membershipOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { memberships } from '../../../repositories/audited-tables.js';

export const endMembership: Write<EndMembershipInput, { readonly membership: MembershipParent }> = {
  action: 'endMembership',
  ownerOf: ({ consortiumId }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const before = await findMembership(store, input);
    const { consortiumId, memberId, role, startDate, observedOn } = before;
    if (periodOf(before).ended === true) {
      refuse('ENDED', ['membershipId'], `${before.id} has ended already: correctMembership says otherwise.`);
    }
    const bodies = await store.findBodies({ consortiumId, memberId });
    const to = membershipOf(
      catalogue,
      bodies,
      before.id,
      {
        consortiumId,
        memberId,
        role,
        during: { ...periodOf(before), end: input.end, endPrecision: input.endPrecision ?? null, ended: true },
        endReason: input.endReason ?? null,
        // From that day on it counts, where nobody knows its start.
        provenance: { ...input.provenance, ...(startDate === null ? { observedOn } : {}) },
      },
      { end: ['end'], end_precision: ['endPrecision'] },
    );
    const [membership] = await store.update(memberships, [{ before, to }]);
    return { membership: membership as MembershipParent };
  },
};
