import type { Period } from '../../components/period-text.js';
import type { Origin } from '../../components/source-note.js';

/** A name, and the language that it is in, if that is known. */
export interface Named {
  readonly name: string;
  readonly nameLanguage: string | null;
}

/** A page of a list: an item that could not be read is null. */
export interface Listed<Node> {
  readonly nodes: readonly (Node | null)[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Identifier {
  readonly scheme: string;
  readonly notation: string;
  readonly uri: string | null;
  readonly during: Period;
}

export interface Membership {
  readonly id: string;
  readonly role: string;
  readonly confirmed: boolean;
  readonly country: string;
  readonly endReason: string | null;
  readonly consortiumId: string;
  readonly consortium: Named | null;
  readonly during: Period;
  readonly provenance: Origin;
}

export interface Adoption {
  readonly id: string;
  readonly status: string;
  readonly version: string | null;
  readonly solutionAddress: string;
  readonly solution: {
    readonly id: string;
    readonly name: string | null;
    readonly nameLanguage: string | null;
    readonly licence: string | null;
  } | null;
  readonly during: Period;
  readonly provenance: Origin;
}

export interface HeldNeed {
  readonly id: string;
  readonly needId: string;
  readonly need: { readonly statement: string; readonly statementLanguage: string | null } | null;
  readonly state: string;
  readonly inherited: boolean;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly during: Period;
  readonly provenance: Origin;
}

export interface RelatedAdministration extends Named {
  readonly id: string;
  readonly existed: Period;
}

export interface Peer {
  readonly administrationId: string;
  readonly administration:
    | (Named & {
        readonly country: string;
        readonly kind: string;
        readonly population: { readonly count: number; readonly on: string | null } | null;
      })
    | null;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly unknown: readonly string[];
}

/** The administration, as `operations/pages/administration.graphql` selects it. Lists are null if they could not be read. */
export interface Administration extends Named {
  readonly __typename: string;
  readonly id: string;
  readonly names: readonly { readonly language: string; readonly text: string }[];
  readonly alternativeNames: readonly { readonly language: string; readonly text: string }[];
  readonly country: string;
  readonly homepage: string | null;
  readonly existed: Period;
  readonly identifiers: readonly Identifier[];
  readonly memberships: readonly (Membership | null)[] | null;
  readonly provenance: Origin;
  readonly kind: string;
  readonly kindDetail: string | null;
  readonly kindDetailLanguage: string | null;
  readonly level: string;
  readonly nuts: string | null;
  readonly lau: string | null;
  readonly population: {
    readonly count: number;
    readonly on: string | null;
    readonly provenance: Origin & { readonly method: string };
  } | null;
  readonly predecessors: readonly (RelatedAdministration | null)[] | null;
  readonly successors: readonly (RelatedAdministration | null)[] | null;
  readonly adoptions: (Listed<Adoption> & { readonly complete: boolean | null }) | null;
  readonly needs: Listed<HeldNeed> | null;
}

/** A solution that similar administrations use. */
export interface PeerSolution {
  readonly id: string;
  readonly name: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly licence: string | null;
  readonly publishedIn: readonly string[] | null;
  readonly reuse: readonly { readonly country: string; readonly adopters: number }[] | null;
  readonly adoptions: Pick<Listed<PeerUser>, 'nodes' | 'totalCount'> | null;
}

export interface PeerUser {
  readonly administrationId: string | null;
  readonly administration: Named | null;
}

/** What similar administrations use and this one does not, as far as catalogues state it. */
export interface PeerSolutions {
  /** The number of inhabitants that an administration of the same kind has. */
  readonly population: { readonly min: number; readonly max: number };
  /** Only solutions that are used in these countries. Undefined: in any. */
  readonly usedIn?: readonly string[] | undefined;
  readonly solutions: readonly PeerSolution[];
  /** How many of this page are left out because the administration uses them itself. */
  readonly usedItself: number;
  /** Whether it uses more solutions than were compared, so that the list may contain some of these. */
  readonly isOwnUseCut: boolean;
  readonly totalCount: number;
  /** The number of solutions of which it is not known whether such an administration uses them. */
  readonly unknown: number | null;
  readonly staleCatalogues: readonly string[] | null;
  readonly pageInfo: Listed<PeerSolution>['pageInfo'];
}

/** Everything on the page. */
export interface AdministrationData {
  readonly administration: Administration;
  /** Whether only similar administrations of the same country are listed. */
  readonly isAbroadLeftOut: boolean;
  readonly peers: (Listed<Peer> & { readonly unknown: number | null }) | null;
  /** Null if it cannot be computed: without a number of inhabitants it is not known who is similar. */
  readonly peerSolutions: PeerSolutions | null;
  /** The day that the page is about. Null is today. */
  readonly asOf: string | null;
}
