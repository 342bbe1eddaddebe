import type { Day } from '../../shared/dates.js';
import type { DevelopmentStatus, MaintenanceType, SoftwareType } from './vocabulary.js';

/**
 * The content of one publiccode.yml, in the fields of version 0.7. Null and [] mean that the file has no value. Persons are not
 * kept: there are no contacts, and organisations have no e-mail address.
 *
 * Texts contain no control characters. Addresses are absolute http or https addresses, except `logo` and screenshots, which can
 * be paths in the repository.
 */
export interface PubliccodeRecord {
  readonly name: string;
  readonly applicationSuite: string | null;
  /** The repository as the file names it; `solutionAddressOf` converts it to the address of the solution. */
  readonly url: string | null;
  readonly landingURL: string | null;
  readonly isBasedOn: readonly string[];
  readonly softwareVersion: string | null;
  readonly releaseDate: Day | null;
  readonly logo: string | null;
  readonly platforms: readonly string[];
  readonly categories: readonly string[];
  /** The names of its users, as written. */
  readonly usedBy: readonly string[];
  readonly fundedBy: readonly FundingOrganisation[];
  readonly roadmap: string | null;
  readonly developmentStatus: DevelopmentStatus | null;
  readonly softwareType: SoftwareType | null;
  /** `alias:gdpr`, or a URI. */
  readonly supports: readonly string[];
  readonly organisation: PublishingOrganisation | null;
  readonly intendedAudience: IntendedAudience;
  readonly description: readonly Description[];
  readonly legal: Legal;
  readonly maintenance: Maintenance;
  readonly localisation: Localisation;
  readonly dependsOn: Dependencies;
}

export interface FundingOrganisation {
  readonly name: string | null;
  readonly uri: string | null;
}

export interface PublishingOrganisation {
  /** `urn:x-italian-pa:c_h501`, or an address. Null if an older file has only a name. */
  readonly uri: string | null;
  readonly name: string | null;
}

export interface IntendedAudience {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countries: readonly string[];
  readonly unsupportedCountries: readonly string[];
  readonly scope: readonly string[];
}

/** The description in one language. */
export interface Description {
  /** A BCP 47 tag in canonical form. */
  readonly language: string;
  readonly localisedName: string | null;
  readonly shortDescription: string | null;
  readonly longDescription: string | null;
  readonly documentation: string | null;
  readonly apiDocumentation: string | null;
  readonly features: readonly string[];
  readonly screenshots: readonly string[];
  readonly videos: readonly string[];
  readonly awards: readonly string[];
}

export interface Legal {
  /** An SPDX expression if the text of the file certainly means one; else the text as written. */
  readonly license: string | null;
  readonly mainCopyrightOwner: string | null;
}

export interface Maintenance {
  readonly type: MaintenanceType | null;
  readonly contractors: readonly Contractor[];
}

export interface Contractor {
  readonly name: string;
  /** The last day of the contract. */
  readonly until: Day | null;
  readonly website: string | null;
}

export interface Localisation {
  readonly localisationReady: boolean | null;
  /** BCP 47 tags in canonical form. */
  readonly availableLanguages: readonly string[];
}

export interface Dependencies {
  readonly open: readonly Dependency[];
  readonly proprietary: readonly Dependency[];
  readonly hardware: readonly Dependency[];
}

export interface Dependency {
  readonly name: string;
  readonly versionMin: string | null;
  readonly versionMax: string | null;
  readonly version: string | null;
  readonly optional: boolean | null;
}
