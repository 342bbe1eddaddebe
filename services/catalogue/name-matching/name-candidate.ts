import type { AdministrationKind } from '../generated/resolver-types.js';

/** An organisation that a written name may refer to. */
export interface NameCandidate {
  readonly id: string;
  readonly kind: AdministrationKind;
  /** Its names in every language, and its alternative names. */
  readonly names: readonly string[];
  /** What distinguishes it from another organisation of the same name: its province, by name or by code, `TN`. */
  readonly areas?: readonly string[];
}
