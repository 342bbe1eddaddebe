import type { Day } from './dates.js';
import { licenceFamily } from './licence-family.js';

/** What a record, and the terms of its catalogue, state of a solution. */
export interface StatedForPortal {
  readonly licence: string | null;
  readonly dependsOn: readonly { readonly kind: string; readonly optional: boolean | null }[];
  /** The grounds on which the catalogue's terms state that it is not shared. */
  readonly exceptionGrounds: readonly (string | null)[];
  readonly maintenance: string | null;
  readonly maintainedUntil: Day | null;
  readonly developmentStatus: string | null;
}

interface Finding<Reason extends string = PortalReason> {
  readonly answer: 'YES' | 'NO' | 'UNKNOWN';
  readonly because: Reason;
}

type PortalReason =
  | 'OPEN_LICENCE'
  | 'OTHER_LICENCE'
  | 'PROPRIETARY_DEPENDENCY'
  | 'EXCEPTION'
  | 'MAINTAINED'
  | 'VOLUNTEERS'
  | 'NOT_MAINTAINED'
  | 'NOT_STATED';

const notStated: Finding = { answer: 'UNKNOWN', because: 'NOT_STATED' };

/**
 * Derives which criteria of the Interoperable Europe portal a solution meets on a day: Regulation (EU) 2024/903, Articles 4(3) and 8, as
 * the guidelines of the Interoperable Europe Board of 19 May 2026 list them (pathway 2). What is not stated is UNKNOWN, never NO.
 */
export const findPortalReadiness = (stated: StatedForPortal, day: Day) =>
  [
    { criterion: 'NO_THIRD_PARTY_RIGHTS', ...findThirdPartyRights(stated) },
    { criterion: 'NO_CONFIDENTIAL_DATA', ...findConfidentialData(stated) },
    // No catalogue has a field for an interoperability assessment yet.
    { criterion: 'ALIGNED', ...notStated },
    { criterion: 'LICENSED_FOR_REUSE', ...findLicence(stated) },
    { criterion: 'MAINTAINED', ...findMaintenance(stated, day) },
  ] as const;

function findThirdPartyRights({ licence, dependsOn, exceptionGrounds }: StatedForPortal): Finding {
  if (exceptionGrounds.includes('THIRD_PARTY_RIGHTS')) return { answer: 'NO', because: 'EXCEPTION' };
  if (dependsOn.some(({ kind, optional }) => kind === 'PROPRIETARY' && optional !== true))
    return { answer: 'UNKNOWN', because: 'PROPRIETARY_DEPENDENCY' };
  return findLicence({ licence });
}

/** The ground of security is about information as well as about interests: it does not state which. */
const findConfidentialData = ({ exceptionGrounds }: StatedForPortal): Finding =>
  exceptionGrounds.includes('SECURITY') ? { answer: 'UNKNOWN', because: 'EXCEPTION' } : notStated;

function findLicence({ licence }: Pick<StatedForPortal, 'licence'>): Finding {
  const family = licenceFamily(licence);
  if (family === null) return notStated;
  return family === 'OTHER'
    ? { answer: 'UNKNOWN', because: 'OTHER_LICENCE' }
    : { answer: 'YES', because: 'OPEN_LICENCE' };
}

function findMaintenance(stated: StatedForPortal, day: Day): Finding {
  const { maintenance, maintainedUntil, developmentStatus } = stated;
  const hasEnded = maintainedUntil !== null && maintainedUntil < day;
  if (maintenance === 'NONE' || developmentStatus === 'OBSOLETE' || (maintenance === 'CONTRACT' && hasEnded))
    return { answer: 'NO', because: 'NOT_MAINTAINED' };
  if (maintenance === 'INTERNAL' || (maintenance === 'CONTRACT' && maintainedUntil !== null))
    return { answer: 'YES', because: 'MAINTAINED' };
  return maintenance === 'COMMUNITY' ? { answer: 'UNKNOWN', because: 'VOLUNTEERS' } : notStated;
}
