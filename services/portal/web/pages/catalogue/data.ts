import type { PageInfo } from '../../components/pager.js';
import type { Origin } from '../../components/source-note.js';

/** A deviation of a record from publiccode.yml: `QualityIssue`. */
export interface Issue {
  readonly path: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number | null;
  readonly violatesStandard: boolean | null;
}

export interface CheckedRecord {
  readonly id: string;
  readonly name: string;
  readonly solutionAddress: string;
  readonly validByStandard: boolean | null;
  readonly issues: readonly Issue[];
  /** Each criterion of the Interoperable Europe portal once. Null if the country does not derive it. */
  readonly portalReadiness: readonly { readonly criterion: string; readonly answer: string }[] | null;
  readonly provenance: Origin;
}

/** What the catalogue itself states. */
export interface Catalogue {
  readonly country: string;
  readonly title: string;
  readonly titleLanguage: string | null;
  readonly languages: readonly string[];
  readonly identifierSchemes: readonly {
    readonly scheme: string;
    readonly title: string;
    readonly agency: string | null;
  }[];
  readonly completeSince:
    | readonly { readonly kind: string; readonly nuts: string | null; readonly since: string }[]
    | null;
  readonly records: {
    readonly nodes: readonly (CheckedRecord | null)[];
    readonly totalCount: number;
    readonly pageInfo: PageInfo;
  } | null;
}

/** What the index states of the catalogue: `CatalogueStatus`. Lists have at most twenty items; the numbers count all. */
export interface CatalogueStatus {
  readonly country: string;
  readonly state: string;
  readonly indexedAt: string | null;
  readonly entries: number;
  readonly refused: number;
  readonly refusals: readonly {
    readonly subject: string;
    readonly subjectId: string;
    readonly reason: string;
    readonly at: string;
  }[];
  readonly problem: { readonly code: string; readonly message: string; readonly since: string } | null;
  readonly disputedAddresses: number;
  readonly disputes: readonly {
    readonly address: string;
    readonly owner: string;
    readonly claimedBy: string;
    readonly recordId: string;
  }[];
  readonly unconfirmedAdoptions: number;
  readonly unconfirmedMemberships: number;
  readonly unconfirmedStatements: readonly {
    readonly subject: string;
    readonly statementId: string;
    readonly organisationId: string;
    readonly source: string | null;
    readonly observedOn: string | null;
  }[];
  readonly usersNamed: number;
  readonly usersMatched: number;
  readonly openUsers: readonly {
    readonly adoptionId: string;
    readonly name: string;
    readonly candidates:
      | readonly ({
          readonly id: string;
          readonly name: string;
          readonly nameLanguage: string | null;
          readonly country: string;
        } | null)[]
      | null;
  }[];
}

/** The users that a catalogue names and that are not identified. */
export interface UnidentifiedUsers {
  readonly nodes: readonly ({
    readonly id: string;
    readonly rawName: string | null;
    readonly solutionAddress: string;
    readonly solution: {
      readonly id: string;
      readonly name: string | null;
      readonly nameLanguage: string | null;
    } | null;
    readonly provenance: Origin;
  } | null)[];
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
}

/** Everything on the page. Parts may be null: the country does not respond, or the index. */
export interface CatalogueData {
  readonly country: string;
  readonly catalogue: Catalogue | null;
  readonly status: CatalogueStatus | null;
  readonly unidentified: UnidentifiedUsers | null;
}
