/** A calendar day, `2017-08-07`. Days compare as strings. */
export type Day = string;

export interface Period {
  readonly start: Day | null;
  readonly startPrecision: string | null;
  readonly end: Day | null;
  readonly endPrecision: string | null;
  readonly ended: boolean | null;
}

export interface Provenance {
  readonly source: string | null;
  readonly retrievedAt: string | null;
  readonly observedOn: Day | null;
  readonly assertedBy: string | null;
  readonly method: 'IMPORTED' | 'DECLARED' | 'INFERRED';
  readonly licence: string | null;
  readonly note: string | null;
}

export interface Text {
  readonly language: string;
  readonly text: string;
}

export interface Code {
  readonly scheme: string;
  readonly notation: string;
}

interface Body {
  /** What the gateway knows it by: its id, or what it was asked for by. */
  readonly ref: string;
  readonly id: string;
  readonly officialLanguages: readonly string[];
  readonly names: readonly Text[];
  readonly alternativeNames: readonly Text[];
  readonly codes: readonly (Code & { readonly during: Period })[];
  readonly homepage: string | null;
  readonly existed: Period;
  readonly provenance: Provenance;
}

export interface Administration extends Body {
  readonly type: 'ADMINISTRATION';
  readonly kind: string;
  readonly kindDetails: readonly Text[];
  readonly level: string;
  readonly nuts: string | null;
  readonly lau: string | null;
  readonly populations: readonly { readonly count: number; readonly on: Day | null; readonly provenance: Provenance }[];
  readonly predecessorIds: readonly string[];
}

export interface Consortium extends Body {
  readonly type: 'CONSORTIUM';
  readonly kind: string;
  readonly legalForm: string | null;
  readonly openTo: {
    readonly kinds: readonly string[];
    readonly nuts: readonly string[];
    readonly descriptions: readonly Text[];
  } | null;
  /** Since when every member is known by name. Null: not all are. */
  readonly membersCompleteSince: Day | null;
}

export type Organisation = Administration | Consortium;

export interface Membership {
  readonly id: string;
  readonly consortiumId: string;
  readonly memberId: string;
  readonly role: string;
  readonly during: Period;
  readonly endReason: string | null;
  readonly provenance: Provenance;
}

export interface Claim {
  readonly id: string;
  readonly consortiumId: string | null;
  readonly solutionAddress: string | null;
  readonly statement: string;
  readonly relation: string | null;
  readonly kind: string | null;
  readonly count: number | null;
  readonly outOf: number | null;
  readonly share: number | null;
  readonly asOf: Day | null;
  readonly precision: string | null;
  readonly publishedOn: Day | null;
  readonly source: string;
}

interface Description {
  readonly language: string;
  readonly localisedName: string | null;
  readonly shortDescription: string | null;
}

/** Under the contract's names. What this team does not collect is not here: the resolvers say that it is unknown. */
export interface CatalogueRecord {
  readonly id: string;
  readonly solutionAddress: string;
  readonly issued: string;
  readonly kind: string;
  readonly name: string;
  readonly texts: readonly Description[];
  readonly url: string | null;
  readonly landingURL: string | null;
  readonly applicationSuite: string | null;
  readonly releaseDate: Day | null;
  readonly developmentStatus: string | null;
  readonly softwareType: string | null;
  readonly categories: readonly string[];
  readonly platforms: readonly string[];
  readonly licence: string | null;
  readonly maintenance: string | null;
  readonly publisherId: string | null;
  readonly provenance: Provenance;
}

export interface PortfolioEntry {
  readonly id: string;
  readonly consortiumId: string;
  readonly solutionAddress: string;
  readonly stage: string | null;
  readonly level: string | null;
  readonly during: Period;
  readonly endReason: string | null;
  readonly provenance: Provenance;
}

export interface Adoption {
  readonly id: string;
  readonly administrationId: string | null;
  readonly group: string | null;
  readonly solutionAddress: string;
  readonly status: string;
  readonly during: Period;
  readonly version: string | null;
  readonly rawName: string | null;
  readonly matchConfidence: number | null;
  readonly provenance: Provenance;
}

/** What the catalogue holds, by what the change feed calls it. */
export interface Rows {
  readonly ADMINISTRATION: Administration;
  readonly CONSORTIUM: Consortium;
  readonly MEMBERSHIP: Membership;
  readonly CLAIM: Claim;
  readonly RECORD: CatalogueRecord;
  readonly PORTFOLIO: PortfolioEntry;
  readonly ADOPTION: Adoption;
}

export type Subject = keyof Rows;
