import type { PublishedFigure } from '../../charts/growth.js';
import type { PageInfo } from '../../components/pager.js';
import type { Period } from '../../components/period-text.js';
import type { Origin } from '../../components/source-note.js';
import type { Terms } from '../../components/terms/terms.js';
import type { ConsortiumGrowth } from '../../pictures/consortium-growth.js';
import type { ConsortiumMembersMap } from '../../pictures/consortium-members-map.js';

/** How many of those that may join are members. */
export interface Coverage {
  readonly asOf: string;
  readonly kind: string;
  readonly knownMembers: number;
  readonly eligible: number | null;
  readonly share: number | null;
  readonly complete: boolean;
  readonly closestClaim: PublishedFigure | null;
}

/** A membership. */
export interface Member {
  readonly id: string;
  readonly memberId: string;
  /** Null if the member is of another country. */
  readonly member: { readonly name: string; readonly nameLanguage: string | null } | null;
  readonly role: string;
  readonly during: Period;
  readonly endReason: string | null;
  readonly confirmed: boolean;
  readonly provenance: Origin;
}

export interface Members {
  readonly totalCount: number;
  readonly complete: boolean | null;
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (Member | null)[];
}

/** A solution in the portfolio. */
export interface PortfolioEntry {
  readonly id: string;
  readonly solutionAddress: string;
  readonly solution: { readonly id: string; readonly name: string | null; readonly nameLanguage: string | null } | null;
  readonly stage: string | null;
  readonly level: string | null;
  readonly during: Period;
  readonly endReason: string | null;
  readonly provenance: Origin;
}

/** Terms of joining the consortium, or of using one of its solutions. */
export interface ConsortiumTerms extends Terms {
  /** Null for joining, or if it could not be read. */
  readonly solution: PortfolioEntry['solution'];
}

export interface Consortium {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly country: string;
  readonly kind: string;
  readonly legalForm: string | null;
  readonly homepage: string | null;
  readonly status: string | null;
  readonly statusProvenance: Origin | null;
  readonly existed: Period;
  readonly openTo: {
    readonly kinds: readonly string[];
    readonly nuts: readonly string[];
    readonly description: string | null;
    readonly descriptionLanguage: string | null;
  } | null;
  readonly provenance: Origin;
  /** Null: none is stated, or they could not be read. */
  readonly terms: readonly ConsortiumTerms[] | null;
  readonly coverage: Coverage | null;
  readonly claims: readonly (PublishedFigure | null)[] | null;
  readonly members: Members | null;
  readonly portfolio: readonly (PortfolioEntry | null)[] | null;
}

export interface ConsortiumData {
  readonly consortium: Consortium;
  /** The day of the view. Null is today. */
  readonly asOf: string | null;
  /** The day of the view, which may be today. */
  readonly day: string;
  readonly filter: MemberFilter;
  /** Null if it could not be read, like the map. */
  readonly growth: ConsortiumGrowth | null;
  readonly membersMap: ConsortiumMembersMap | null;
}

/** Which members are listed. */
export interface MemberFilter {
  readonly kind: string | null;
  readonly role: string | null;
  readonly past: boolean;
}
