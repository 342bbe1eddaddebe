import type { CodeRow, NeedHolderRow } from './need-rows.js';
import type { ListKey } from '../kit/graphql/pagination.js';
import type { AdoptionRow, PeerRow, SolutionRow, SupplierRow } from './rows.js';

// By which values the lists of the index are ordered; repositories order by the same columns.

/** A row in a list, with the number that it is ordered by where the order is not by name. */
interface OrderedRow {
  readonly id: string;
  readonly sortName: string;
  readonly orderKey: number;
}

const keyOfOrder = <Row extends OrderedRow>({ field }: { readonly field: string }): ListKey<Row> =>
  field === 'NAME'
    ? { types: ['string', 'string'], of: ({ sortName, id }) => [sortName, id] }
    : { types: ['number', 'string', 'string'], of: ({ orderKey, sortName, id }) => [orderKey, sortName, id] };

export interface SolutionListOrder {
  readonly field: 'RELEVANCE' | 'ADOPTERS' | 'COUNTRIES' | 'NAME' | 'UPDATED';
  readonly direction: 'ASC' | 'DESC';
}

export type ListedSolution = SolutionRow & OrderedRow;

export const solutionKey = (order: SolutionListOrder): ListKey<ListedSolution> => keyOfOrder(order);

export interface OrganisationOrder {
  readonly field: 'NAME' | 'POPULATION' | 'RELEVANCE';
  readonly direction: 'ASC' | 'DESC';
}

/** An organisation in a list: its id, from which a stub is made, and what it is ordered by. */
export type ListedOrganisation = OrderedRow & {
  /** Whether it matches the search only with a typing error; null without a search. */
  readonly fuzzy: boolean | null;
};

export const organisationKey = (order: OrganisationOrder): ListKey<ListedOrganisation> => keyOfOrder(order);

export const supplierKey: ListKey<SupplierRow> = {
  types: ['string', 'string'],
  of: ({ sortName, id }) => [sortName, id],
};

/** An adoption in a solution's list: ordered by the country and the name of the user. */
export type ListedAdoption = AdoptionRow & { readonly userCountry: string; readonly userName: string };

export const adoptionKey: ListKey<ListedAdoption> = {
  types: ['string', 'string', 'string'],
  of: ({ userCountry, userName, id }) => [userCountry, userName, id],
};

/** An adoption in the list of all. */
export const anyAdoptionKey: ListKey<Pick<AdoptionRow, 'id'>> = { types: ['string'], of: ({ id }) => [id] };

/** A similar administration in a list: the most similar first. */
export type ListedPeer = PeerRow & OrderedRow;

export const peerKey: ListKey<ListedPeer> = keyOfOrder({ field: 'SCORE' });

export interface NeedListOrder {
  readonly field: 'RELEVANCE' | 'NAME' | 'HOLDERS';
  readonly direction: 'ASC' | 'DESC';
}

export const needKey = (order: NeedListOrder): ListKey<OrderedRow> => keyOfOrder(order);

export const holderKey: ListKey<NeedHolderRow> = { types: ['string'], of: ({ id }) => [id] };

/** A code in a list, with how well it matches a search. */
export type ListedCode = CodeRow & { readonly rank: number };

export const codeKey: ListKey<ListedCode> = {
  types: ['number', 'string', 'string', 'string'],
  of: ({ rank, scheme, notation, id }) => [rank, scheme, notation, id],
};
