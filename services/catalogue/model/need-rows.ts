import type { Connection } from '../../kit/graphql/pagination.js';
import type { Day } from '../../shared/dates.js';
import type { LocalisedText } from '../../shared/languages.js';
import type { AdministrationKind, MappingRelation, NeedState, NeedStateCount } from '../generated/resolver-types.js';
import type { PeriodColumns, Provenance, WithRevision } from './rows.js';

/** A code of a code list. */
export interface CodeKey {
  readonly scheme: string;
  readonly notation: string;
}

export interface CodeListRow {
  readonly id: string;
  readonly scheme: string;
  readonly titles: readonly LocalisedText[];
  readonly version: string | null;
  readonly publisher: string | null;
  readonly licence: string | null;
  readonly url: string | null;
  readonly provenance: Provenance;
}

export interface CodeRow extends CodeKey {
  readonly id: string;
  readonly labels: readonly LocalisedText[];
  /** The notation of the broader code in the same list. */
  readonly broader: string | null;
  readonly provenance: Provenance;
  /** Labels and notation, normalised, each between bars: what searches look in. */
  readonly searchText: string;
}

/** A mapping of a code to another code or to a topic. */
export interface CodeMappingRow extends CodeKey {
  readonly id: string;
  readonly relation: MappingRelation;
  readonly toScheme: string | null;
  readonly toNotation: string | null;
  readonly topic: string | null;
  readonly provenance: Provenance;
}

export interface NeedRow {
  readonly id: string;
  readonly statements: readonly LocalisedText[];
  /** Each as `scheme:notation`. */
  readonly codes: readonly string[];
  readonly legalBasis: string | null;
  readonly url: string | null;
  readonly provenance: Provenance;
  /** The default statement, normalised: what lists are ordered by. */
  readonly sortName: string;
  /** All statements, normalised, each between bars: what searches look in. */
  readonly searchText: string;
}

/** Who has a need: one organisation, every administration of a kind in an area, or a name that no organisation was found for. */
export interface NeedHolderRow extends PeriodColumns {
  readonly id: string;
  readonly needId: string;
  readonly holderId: string | null;
  readonly holdersKind: AdministrationKind | null;
  /** The country's code where the whole country is meant. */
  readonly holdersNuts: string | null;
  readonly state: NeedState;
  /** A decimal number as a text, so that no digit is lost. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly metBy: readonly string[];
  readonly rawName: string | null;
  readonly observedOn: Day | null;
  readonly provenance: Provenance;
}

export type CodeListParent = WithRevision<CodeListRow>;
export type CodeParent = WithRevision<CodeRow>;
export type CodeMappingParent = WithRevision<CodeMappingRow>;
export type NeedParent = WithRevision<NeedRow>;
export type NeedHolderParent = WithRevision<NeedHolderRow>;

export type CodePage = Connection<CodeParent>;
export type NeedPage = Connection<NeedParent>;

/** A page of holders, and how many there are on all pages by state. */
export interface NeedHolderPage extends Connection<NeedHolderParent> {
  readonly countStates: () => Promise<readonly NeedStateCount[]>;
}
