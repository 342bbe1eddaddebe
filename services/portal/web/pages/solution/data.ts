import type { Candidate, ChosenAdministration } from '../../components/check/check-data.js';
import type { PageInfo } from '../../components/pager.js';
import type { Period } from '../../components/period-text.js';
import type { Origin } from '../../components/source-note.js';
import type { Terms } from '../../components/terms/terms.js';
import type { SolutionGrowth } from '../../pictures/solution-growth.js';
import type { SolutionUsersMap } from '../../pictures/solution-users-map.js';

/** Another solution. */
export interface RelatedSolution {
  readonly id: string;
  readonly name: string | null;
  readonly nameLanguage: string | null;
}

/** From which record a field of the solution was taken. */
export interface FieldOrigin {
  readonly field: string;
  readonly recordId: string;
  readonly country: string;
}

/** A consortium that has the solution in its portfolio. */
export interface Maintainer {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly homepage: string | null;
  readonly status: string | null;
  /** Who may join by its rules. Null: not recorded. */
  readonly openTo: {
    readonly kinds: readonly string[];
    readonly nuts: readonly string[];
    readonly description: string | null;
    readonly descriptionLanguage: string | null;
  } | null;
  /** Its terms, also those for its other solutions. Null: none is stated, or they could not be read. */
  readonly terms: readonly Terms[] | null;
  readonly provenance: Origin;
}

/** The users in one country that its own catalogue states. */
export interface CountryReuse {
  readonly country: string;
  readonly adopters: number;
  readonly knownSince: string | null;
  readonly dated: number | null;
  readonly observed: number | null;
}

/** The users in one country that only another country's catalogue states. */
export interface UnconfirmedReuse {
  readonly country: string;
  readonly assertedBy: string;
  readonly adopters: number;
}

/** A user, or a group of users, that a catalogue states. */
export interface Adoption {
  readonly id: string;
  readonly country: string;
  readonly administrationId: string | null;
  readonly administration: { readonly name: string } | null;
  readonly rawName: string | null;
  readonly group: string | null;
  readonly status: string;
  readonly confirmed: boolean | null;
  readonly during: Period;
  readonly provenance: Origin;
}

/** What one catalogue states of the solution. */
export interface SolutionRecord {
  readonly id: string;
  readonly country: string;
  readonly name: string;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly url: string | null;
  readonly landingURL: string | null;
  readonly licence: string | null;
  readonly developmentStatus: string | null;
  readonly softwareType: string | null;
  readonly maintenance: string | null;
  readonly maintainedUntil: string | null;
  readonly contractors: readonly {
    readonly name: string;
    readonly until: string | null;
    readonly website: string | null;
  }[];
  readonly softwareVersion: string | null;
  readonly releaseDate: string | null;
  readonly categories: readonly string[];
  readonly availableLanguages: readonly string[];
  readonly publisherId: string | null;
  readonly publisherName: string | null;
  readonly publisher: { readonly name: string } | null;
  readonly validByStandard: boolean | null;
  readonly provenance: Origin;
}

/** A solution, as the operation `solution` reads it. */
export interface Solution {
  readonly id: string;
  readonly address: string;
  readonly addresses: readonly string[] | null;
  readonly kind: string | null;
  readonly name: string | null;
  /** The name in the language of its catalogue. */
  readonly originalName: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly url: string | null;
  readonly licence: string | null;
  readonly licenceFamily: string | null;
  readonly developmentStatus: string | null;
  readonly softwareType: string | null;
  readonly categories: readonly string[] | null;
  readonly releaseDate: string | null;
  readonly maintenance: string | null;
  readonly maintainedUntil: string | null;
  readonly publishedIn: readonly string[] | null;
  readonly origins: readonly FieldOrigin[] | null;
  readonly publisherIds: readonly string[] | null;
  readonly publishers: readonly ({ readonly id: string; readonly name: string } | null)[] | null;
  readonly maintainerIds: readonly string[] | null;
  readonly maintainers: readonly (Maintainer | null)[] | null;
  readonly terms: readonly Terms[] | null;
  readonly partOf: RelatedSolution | null;
  readonly parts: readonly (RelatedSolution | null)[] | null;
  readonly basedOn: readonly (RelatedSolution | null)[] | null;
  readonly derivatives: readonly (RelatedSolution | null)[] | null;
  readonly disputes:
    | readonly {
        readonly address: string;
        readonly owner: string;
        readonly claimedBy: string;
        readonly recordId: string;
      }[]
    | null;
  readonly reuse: readonly CountryReuse[] | null;
  readonly unconfirmedReuse: readonly UnconfirmedReuse[] | null;
  readonly adoptions: {
    readonly totalCount: number;
    readonly pageInfo: PageInfo;
    readonly nodes: readonly (Adoption | null)[];
  } | null;
  readonly records: readonly (SolutionRecord | null)[] | null;
}

export interface SolutionData {
  readonly solution: Solution;
  /** The country of the listed users. Null: all. */
  readonly country: string | null;
  /** The day of the users. Null is today. */
  readonly asOf: string | null;
  /** The administration that may join those who maintain it. */
  readonly administration: ChosenAdministration;
  /** Whether it may. Null if none is chosen, or if it could not be read. */
  readonly mayJoin: Candidate['mayJoin'] | null;
  /** The names of its categories in the reader's language, by category. */
  readonly topicNames: Readonly<Record<string, string>>;
  /** Null if it could not be read, like the map. */
  readonly growth: SolutionGrowth | null;
  readonly usersMap: SolutionUsersMap | null;
}
