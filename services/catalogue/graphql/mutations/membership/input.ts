import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { Day } from '../../../../shared/dates.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { AdmitMemberInput, EndMembershipInput } from '../../../generated/resolver-types.js';
import { toMembershipRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { MembershipParent, MembershipRow, OrganisationRow } from '../../../model/rows.js';
import { invalidValue, reject, MutationError } from '../core/failures.js';
import {
  type FieldPaths,
  provenanceCells,
  provenanceFields,
  periodCells,
  periodFields,
  toReferences,
  inputToRow,
} from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';
import { memberships } from '../../../repositories/audited-tables.js';

type Organisations = ReadonlyMap<string, OrganisationRow>;

type MembershipInput = Pick<
  AdmitMemberInput,
  'consortiumId' | 'memberId' | 'role' | 'during' | 'endReason' | 'provenance'
>;

const fields = {
  consortium: ['consortiumId'],
  member: ['memberId'],
  end_reason: ['endReason'],
  ...provenanceFields,
};

/**
 * Converts an input to the row of a membership.
 *
 * @param period the fields from which the columns of its period are filled.
 * @throws MutationError INVALID_VALUE where an import would reject it, or if the consortium is not a consortium.
 */
export function inputToMembership(
  catalogue: NationalCatalogue,
  organisations: Organisations,
  id: string,
  input: MembershipInput,
  period: FieldPaths = periodFields('during'),
): MembershipRow {
  if (parseOrganisationId(input.consortiumId)?.type !== 'consortium') {
    throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
  }
  const cells = {
    id,
    consortium: input.consortiumId,
    member: input.memberId,
    role: input.role,
    ...periodCells(input.during),
    end_reason: input.endReason,
    ...provenanceCells(input.provenance),
  };
  const references = toReferences(input.provenance, organisations.keys());
  return inputToRow(
    tables.memberships,
    { cells, fields: { ...fields, ...period } },
    toMembershipRow(catalogue, references),
  );
}

/**
 * Checks that both organisations of a membership exist when it begins, and that it overlaps no other membership of the two.
 * Locks memberships of the two until the transaction ends.
 *
 * @throws MutationError ENDED or OVERLAP.
 */
export async function checkMembership(
  { rows }: UnitOfWork,
  organisations: Organisations,
  membership: MembershipRow,
): Promise<void> {
  const { consortiumId, memberId } = membership;
  checkStart(organisations, { consortiumId, memberId }, membership);
  await rows.lock([`membership ${consortiumId} ${memberId}`]);
  const other = await rows.findOverlap(membership);
  if (other) {
    const message = `${memberId} is a member of ${consortiumId} already, by ${other.id}, ${formatPeriod(other)}: end or correct that membership.`;
    reject('OVERLAP', ['during'], message);
  }
}

/** A row with a validity period. */
type Dated = Pick<MembershipRow, 'startDate' | 'endDate' | 'ended' | 'observedOn'>;

/**
 * Checks that the organisations of these fields exist when a row begins.
 *
 * @throws MutationError ENDED.
 */
export function checkStart(organisations: Organisations, ids: Readonly<Record<string, string>>, row: Dated): void {
  for (const [field, id] of Object.entries(ids)) {
    const organisation = organisations.get(id);
    if (organisation && hasEndedBefore(organisation, row)) {
      reject(
        'ENDED',
        [field],
        `${id} has ended${organisation.endDate === null ? '' : `, on ${organisation.endDate}`}.`,
      );
    }
  }
}

/**
 * Finds and locks a membership of a consortium.
 *
 * @throws MutationError NOT_FOUND, also if it belongs to another consortium, or REVISION_CONFLICT.
 */
export async function findMembership(
  unitOfWork: UnitOfWork,
  input: Pick<EndMembershipInput, 'membershipId' | 'consortiumId' | 'expectedRevision'>,
): Promise<MembershipParent> {
  const { membershipId: id, expectedRevision } = input;
  const requested = { id, expectedRevision, fields: { id: ['membershipId'], expectedRevision: ['expectedRevision'] } };
  const [membership] = await unitOfWork.findForChange(
    memberships,
    [requested],
    ({ consortiumId }) => consortiumId === input.consortiumId,
  );
  return membership as MembershipParent;
}

/** If the end date of an organisation is unknown, only rows that have ended as well can have begun before it. */
const hasEndedBefore = (organisation: OrganisationRow, { startDate, endDate, ended, observedOn }: Dated): boolean => {
  if (organisation.endDate === null) return organisation.ended === true && endDate === null && ended !== true;
  const begins: Day | null = startDate ?? observedOn;
  return begins !== null && begins >= organisation.endDate;
};

const formatPeriod = ({ startDate, endDate, ended }: MembershipRow): string =>
  `from ${startDate ?? 'an unknown day'} until ${endDate ?? (ended === true ? 'an unknown day' : 'further notice')}`;
