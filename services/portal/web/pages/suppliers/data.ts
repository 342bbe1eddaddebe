import type { PageInfo } from '../../components/pager.js';
import type { Period } from '../../components/period-text.js';
import type { Origin } from '../../components/source-note.js';

/** What a supplier does for whom, as a catalogue states it: `SupplierContract`. */
export interface Contract {
  readonly statementId: string;
  readonly country: string;
  readonly clientId: string | null;
  readonly client: { readonly name: string; readonly nameLanguage: string | null } | null;
  readonly solutionAddress: string | null;
  readonly solution: { readonly id: string; readonly name: string | null; readonly nameLanguage: string | null } | null;
  readonly during: Period;
  readonly url: string | null;
  readonly provenance: Origin;
}

export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly countries: readonly string[];
  /** Null if they could not be read. */
  readonly contracts: readonly Contract[] | null;
}

/** Everything on the page. */
export interface SuppliersData {
  readonly text: string;
  /** Null if the index does not respond. */
  readonly suppliers: {
    readonly nodes: readonly (Supplier | null)[];
    readonly totalCount: number;
    readonly pageInfo: PageInfo;
  } | null;
}
