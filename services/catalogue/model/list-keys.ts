import type { ListKey } from '../../kit/graphql/pagination.js';
import type { CodeParent, NeedHolderParent, NeedParent } from './need-rows.js';
import type { AdoptionParent, DatedSuccession, MembershipParent, OrganisationParent, RecordParent } from './rows.js';

// By which values the lists of a catalogue are ordered; repositories order by the same columns.

export interface OrganisationOrder {
  readonly field: 'NAME' | 'POPULATION' | 'RELEVANCE';
  readonly direction: 'ASC' | 'DESC';
}

/** A row in a list, with the value it is ordered by where that is not one of its columns. */
export type ListedOrganisation = OrganisationParent & {
  readonly orderKey: number;
  /** Whether it matches the search only with a typing error; null without a search. */
  readonly fuzzy: boolean | null;
};

export const organisationKey = ({ field }: OrganisationOrder): ListKey<ListedOrganisation> =>
  field === 'NAME'
    ? { types: ['string', 'string'], of: ({ sortName, id }) => [sortName, id] }
    : { types: ['number', 'string', 'string'], of: ({ orderKey, sortName, id }) => [orderKey, sortName, id] };

/** A membership in a consortium's list, with the name it is ordered by. */
export type ListedMembership = MembershipParent & { readonly memberName: string };

export const membershipKey: ListKey<ListedMembership> = {
  types: ['string', 'string'],
  of: ({ memberName, id }) => [memberName, id],
};

/** A record of the whole catalogue, with how well it matches a search. */
export type RankedRecord = RecordParent & { readonly rank: number };

export const rankedRecordKey: ListKey<RankedRecord> = {
  types: ['number', 'string', 'string'],
  of: ({ rank, sortName, id }) => [rank, sortName, id],
};

export const successionKey: ListKey<DatedSuccession> = {
  types: ['string', 'string', 'string'],
  of: ({ on, predecessorId, successorId }) => [on, predecessorId, successorId],
};

/** Of terms and contracts. */
export const idKey: ListKey<{ readonly id: string }> = { types: ['string'], of: ({ id }) => [id] };

/** Of one publisher's records. */
export const recordKey: ListKey<RecordParent> = {
  types: ['string', 'string'],
  of: ({ sortName, id }) => [sortName, id],
};

/** Of one administration's adoptions. */
export const adoptionKey: ListKey<AdoptionParent> = {
  types: ['string', 'string'],
  of: ({ address, id }) => [address, id],
};

/** A code of the catalogue, with how well it matches a search. */
export type RankedCode = CodeParent & { readonly rank: number };

export const codeKey: ListKey<RankedCode> = {
  types: ['number', 'string', 'string'],
  of: ({ rank, scheme, notation }) => [rank, scheme, notation],
};

/** A need of the catalogue, with how well it matches a search. */
export type RankedNeed = NeedParent & { readonly rank: number };

export const needKey: ListKey<RankedNeed> = {
  types: ['number', 'string', 'string'],
  of: ({ rank, sortName, id }) => [rank, sortName, id],
};

/** Of one need's holders. */
export const holderKey: ListKey<NeedHolderParent> = { types: ['string'], of: ({ id }) => [id] };

/** Of what one organisation needs. */
export const heldNeedKey: ListKey<NeedHolderParent> = {
  types: ['string', 'string'],
  of: ({ needId, id }) => [needId, id],
};
