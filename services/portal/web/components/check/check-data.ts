import type { Money } from '../money-text.js';
import type { Origin } from '../source-note.js';

/** A name, and the language that it is in, if that is known. */
export interface Named {
  readonly name: string;
  readonly nameLanguage: string | null;
}

/** An administration that a check can be made for. */
export interface AdministrationChoice extends Named {
  readonly id: string;
  readonly country: string;
  readonly kind: string;
  readonly population: { readonly count: number } | null;
}

/** How the administration of a view was determined: `for` is its id, `administration` words of its name. */
export interface ChosenAdministration {
  /** What the reader wrote to find it. */
  readonly words: string;
  /** The one that is meant. Null: none is chosen. */
  readonly chosen: (Named & { readonly id: string; readonly country: string }) | null;
  /** The ones that the words may mean, or may mean as well. Null if the reader has nothing to choose from. */
  readonly choices: readonly AdministrationChoice[] | null;
}

export interface StateCount {
  readonly state: string;
  readonly holders: number;
  readonly rules: number;
  readonly amounts: readonly Money[];
}

/** A solution that may meet a need, with reasons: `ReuseCandidate`. */
export interface Candidate {
  readonly solutionId: string;
  readonly solution: {
    readonly name: string | null;
    readonly nameLanguage: string | null;
    readonly shortDescription: string | null;
    readonly shortDescriptionLanguage: string | null;
    readonly publishedIn: readonly string[] | null;
    readonly reuse: readonly { readonly country: string; readonly adopters: number }[] | null;
  } | null;
  readonly reasons: readonly string[];
  readonly topics: readonly string[];
  readonly usersLikeMe: { readonly count: number; readonly of: number } | null;
  readonly mayJoin: {
    readonly answer: string;
    readonly because: string;
    readonly consortiumId: string | null;
    readonly consortium: Named | null;
    readonly source: string | null;
    readonly observedOn: string | null;
  };
  readonly cost: readonly { readonly kind: string; readonly amount: Money; readonly provenance: Origin }[] | null;
  readonly licence: string | null;
  readonly lastRelease: string | null;
  readonly maintainedUntil: string | null;
  readonly evidence: readonly (Origin | null)[] | null;
  readonly unknown: readonly string[];
}

/** A country whose current data a check lacks: `UnconsideredCountry`. */
export interface Unconsidered {
  readonly country: string;
  readonly reason: string;
  readonly consideredUntil: string | null;
}

/** What is the same need in other catalogues: `NeedMatchConnection`. */
export interface SameNeed {
  readonly edges: readonly ({
    readonly relation: string | null;
    readonly node: {
      readonly id: string;
      readonly country: string;
      readonly statement: string;
      readonly statementLanguage: string | null;
    } | null;
  } | null)[];
  readonly totalCount: number;
  readonly countries:
    | readonly {
        readonly country: string;
        readonly relation: string | null;
        readonly needs: number;
        readonly states: readonly StateCount[];
        readonly inherited: number;
      }[]
    | null;
}

/** A check: `ReuseCheck`. A part that could not be read is null. */
export interface Check {
  readonly text: string | null;
  readonly codes: readonly string[] | null;
  readonly needId: string | null;
  readonly forId: string | null;
  readonly asOf: string;
  readonly understoodAs:
    | readonly { readonly topic: string; readonly relation: string; readonly path: readonly string[] }[]
    | null;
  readonly candidates: readonly Candidate[] | null;
  readonly sameNeed: SameNeed | null;
  readonly notConsidered: readonly Unconsidered[] | null;
}

export interface CheckRecord {
  readonly id: string;
  readonly checkedAt: string;
  readonly positions: readonly { readonly country: string; readonly position: string | null }[];
}
