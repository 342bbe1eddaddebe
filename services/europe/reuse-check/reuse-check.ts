import type { CandidateReason, CandidateUnknown, UnderstandingRelation } from '../generated/resolver-types.js';
import type { Cost } from '../../shared/fees.js';
import type { Concept } from '../crosswalk/crosswalk.js';
import type { SolutionRow, TermsContent } from '../rows.js';
import type { CheckInput, CheckRecord } from './check-record.js';
import type { Joiner, Joining } from './may-join.js';

/** A topic of a need. */
export interface Topic {
  readonly topic: string;
  readonly relation: UnderstandingRelation;
  readonly path: readonly string[];
}

/** The administration that a check is for. */
export interface CheckedAdministration extends Joiner {
  readonly id: string;
  readonly population: number | null;
  readonly languages: readonly string[];
}

/** A check, whose parts are read when they are selected. */
export interface ReuseCheckParent {
  readonly input: CheckInput;
  readonly day: string;
  readonly understoodAs: readonly Topic[];
  /** The codes and topics of the need, in which crosswalks begin. */
  readonly concepts: readonly Concept[];
  readonly administration: CheckedAdministration | null;
  /** Of a check that is repeated: what it was recorded as. */
  readonly recorded: CheckRecord | null;
}

/** A check that is repeated. */
export interface RecordParent {
  readonly recorded: CheckRecord;
  readonly check: ReuseCheckParent;
  readonly today: ReuseCheckParent;
}

/** What a candidate is found by. */
export interface CandidateRow extends SolutionRow {
  readonly topics: readonly string[];
  readonly hasSameCode: boolean;
  readonly hasCloseCode: boolean;
}

/** The codes by which records are found, as scheme:notation. */
export interface SearchedCodes {
  readonly same: readonly string[];
  readonly close: readonly string[];
}

/** What the index knows of a candidate on a day. */
export interface CandidateFacts {
  readonly id: string;
  readonly users: number;
  /** Of similar administrations; null without the administration or its number of inhabitants. */
  readonly peers: number | null;
  readonly peerUsers: number | null;
  /** Of all records that describe it. */
  readonly languages: readonly string[];
}

export interface CandidateParent {
  readonly row: CandidateRow;
  readonly facts: CandidateFacts;
  readonly mayJoin: Joining;
  readonly cost: Cost<TermsContent['fees'][number]>;
  readonly reasons: readonly CandidateReason[];
  readonly unknown: readonly CandidateUnknown[];
  /** The release, unless it is after the day. */
  readonly lastRelease: string | null;
  readonly check: Pick<ReuseCheckParent, 'administration' | 'day'>;
}

type Assessed = Pick<CandidateParent, 'row' | 'facts' | 'mayJoin' | 'cost' | 'check'>;

/** Whether a record states that a solution is maintained on a day; null if it states nothing. */
export function isMaintained({ developmentStatus, content }: SolutionRow, day: string): boolean | null {
  if (developmentStatus === 'OBSOLETE' || content.maintenance === 'NONE') return false;
  if (content.maintainedUntil !== null && content.maintainedUntil < day) return false;
  return content.maintenance === null ? null : true;
}

/** What speaks for a candidate, and what is not known of it. */
export function assessCandidate({ row, facts, mayJoin, cost, check }: Assessed): CandidateParent {
  const { administration, day } = check;
  const maintained = isMaintained(row, day);
  const languages = administration?.languages ?? [];
  const lastRelease = row.releaseDate !== null && row.releaseDate <= day ? row.releaseDate : null;
  const reasons: readonly [CandidateReason, boolean][] = [
    ['PEER_USERS', (facts.peerUsers ?? 0) > 0],
    ['SAME_CODE', row.hasSameCode],
    ['CLOSE_CODE', row.hasCloseCode],
    ['TEXT', row.topics.length > 0],
    ['OPEN_LICENCE', row.licenceFamily !== null && row.licenceFamily !== 'OTHER'],
    ['MAINTAINED', maintained === true],
    ['IN_MY_LANGUAGE', facts.languages.some((language) => languages.includes(language))],
    ['MAY_JOIN', mayJoin.answer === 'YES'],
  ];
  const unknown: readonly [CandidateUnknown, boolean][] = [
    ['LICENCE', row.content.licence === null],
    ['RELEASE', lastRelease === null],
    ['MAINTENANCE', maintained === null],
    ['LANGUAGES', facts.languages.length === 0],
    ['USERS', facts.users === 0],
    ['PEERS', administration !== null && facts.peers === null],
    ['JOINING', mayJoin.answer === 'UNKNOWN'],
    ['COST', cost.fees.length === 0 || cost.undecided.length > 0],
  ];
  return {
    row,
    facts,
    mayJoin,
    cost,
    check,
    lastRelease,
    reasons: reasons.flatMap(([reason, holds]) => (holds ? [reason] : [])),
    unknown: unknown.flatMap(([what, isUnknown]) => (isUnknown ? [what] : [])),
  };
}
