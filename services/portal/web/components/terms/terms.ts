import type { Money } from '../money-text.js';
import type { Period } from '../period-text.js';
import type { Origin } from '../source-note.js';

/** A text in one of several languages. */
export interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/** A fee for joining or using something. */
export interface Fee {
  readonly id: string;
  readonly kind: string;
  readonly memberKind: string | null;
  readonly populationMin: number | null;
  readonly populationMax: number | null;
  readonly forMembers: boolean | null;
  readonly amount: Money;
  readonly during: Period;
}

/** Terms on which a consortium can be joined or a solution used. */
export interface Terms {
  readonly id: string;
  readonly country: string;
  readonly consortiumId: string | null;
  /** Null for joining the consortium. */
  readonly solutionAddress: string | null;
  readonly eligibility: readonly LocalisedText[];
  readonly conditions: readonly LocalisedText[];
  readonly support: readonly LocalisedText[];
  readonly agreement: string | null;
  readonly exceptionGround: string | null;
  readonly exceptionReason: readonly LocalisedText[];
  readonly fees: readonly Fee[];
  readonly provenance: Origin;
}
