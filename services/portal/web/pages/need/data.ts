import type { Check, CheckRecord, ChosenAdministration, Named, StateCount } from '../../components/check/check-data.js';
import type { Money } from '../../components/money-text.js';
import type { PageInfo } from '../../components/pager.js';
import type { Period } from '../../components/period-text.js';
import type { Origin } from '../../components/source-note.js';

/** Who has the need: an organisation, or all administrations of a kind by a rule. */
export interface Holder {
  readonly id: string;
  readonly holderId: string | null;
  readonly holder: Named | null;
  /** The name as the source writes it, if no organisation was found for it. */
  readonly rawName: string | null;
  readonly rule: { readonly kind: string; readonly nuts: string } | null;
  readonly state: string;
  readonly during: Period;
  readonly amount: Money | null;
  readonly metBy: readonly string[];
  readonly solutions:
    | readonly ({ readonly id: string; readonly name: string | null; readonly nameLanguage: string | null } | null)[]
    | null;
  readonly provenance: Origin;
}

/** A need, as `operations/pages/need.graphql` selects it. */
export interface Need {
  readonly id: string;
  readonly country: string;
  readonly statement: string;
  readonly statementLanguage: string | null;
  readonly statements: readonly { readonly language: string; readonly text: string }[];
  readonly legalBasis: string | null;
  readonly url: string | null;
  readonly codes: readonly {
    readonly scheme: string;
    readonly notation: string;
    readonly code: { readonly label: string; readonly labelLanguage: string | null } | null;
  }[];
  /** Some of those who have met it, with what they use for it. */
  readonly met: {
    readonly nodes: readonly (Pick<Holder, 'metBy' | 'solutions'> | null)[];
    readonly totalCount: number;
  } | null;
  /** Holders in all states. Null if they could not be read, like those in `holders`. */
  readonly all: { readonly states: readonly StateCount[] | null; readonly totalCount: number } | null;
  readonly holders: {
    readonly nodes: readonly (Holder | null)[];
    readonly totalCount: number;
    readonly pageInfo: PageInfo;
  } | null;
  readonly provenance: Origin;
}

/** Everything on the page. */
export interface NeedData {
  readonly need: Need;
  /** What the list of holders is restricted to. */
  readonly state: string | null;
  readonly nuts: string | null;
  readonly asOf: string | null;
  readonly administration: ChosenAdministration;
  /** What meets it. Null if it could not be read. */
  readonly check: (Check & { readonly record: CheckRecord | null }) | null;
}
