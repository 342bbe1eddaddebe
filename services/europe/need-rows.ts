import type { Connection } from '../kit/graphql/pagination.js';
import type { Concept, Mapping, Match, Step } from './crosswalk/crosswalk.js';
import type { Content } from './feed/entry-schemas.js';
import type { NeedCountryCount, NeedStateCount } from './generated/resolver-types.js';

/** A statement, its country, and the languages of its catalogue, in their order. */
type Stated<Statement> = Statement & { readonly country: string; readonly catalogueLanguages: readonly string[] };

export type CodeListRow = Stated<Content<'CODE_LIST'>>;
export type CodeRow = Stated<Content<'CODE'>>;
export type CodeMappingRow = Content<'CODE_MAPPING'> & { readonly country: string };
export type NeedRow = Stated<Content<'NEED'>>;

/** A holder as the index has it. */
export type NeedHolderRow = Omit<Content<'NEED_HOLDER'>, 'rule' | 'amount'> & {
  readonly country: string;
  readonly holdersKind: string | null;
  readonly holdersNuts: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
};

export type CodePage = Connection<CodeRow>;

/** A page of holders, and how many there are on all pages by state. */
export interface NeedHolderPage extends Connection<NeedHolderRow> {
  readonly countStates: () => Promise<readonly NeedStateCount[]>;
}

/** A mapping as somebody states it. */
export interface StatedMapping extends Mapping {
  /** Null: Europe. */
  readonly country: string | null;
  readonly provenance: Content<'NEED'>['provenance'] | null;
}

export type StatedStep = Step<StatedMapping>;
export type StatedMatch = Match<StatedMapping>;

export interface CrosswalkParent {
  readonly from: Concept;
  readonly found: readonly StatedMatch[];
}

/** A need in a list of the index. */
export interface NeedMatch {
  readonly need: NeedRow;
  readonly cursor: string;
  /** How its code relates to what was requested; null if nothing was. */
  readonly match: StatedMatch | null;
}

/** A page of needs, and how many there are on all pages. */
export interface NeedMatchPage extends Omit<Connection<NeedRow>, 'edges'> {
  readonly edges: readonly NeedMatch[];
  readonly countCountries: () => Promise<readonly NeedCountryCount[]>;
}
