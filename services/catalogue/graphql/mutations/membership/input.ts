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

/** All that an editor says of a membership. */
type MembershipInput = Pick<AdmitMemberInput, 'consortiumId' | 'memberId' | 'role' | 'during' | 'endReason' | 'provenance'>;

const fields = {
  consortium: ['consortiumId'],
  member: ['memberId'],
  end_reason: ['endReason'],
  ...provenanceFields,
};

/**
 * The row of a membership.
 *
 * @param period where in the input the columns of its period stand.
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, and where the consortium is none.
 */
export function inputToMembership(
  catalogue: NationalCatalogue,
  organisations: Organisations,
  id: string,
  said: MembershipInput,
  period: FieldPaths = periodFields('during'),
): MembershipRow {
  if (parseOrganisationId(said.consortiumId)?.type !== 'consortium') {
    throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
  }
  const cells = {
    id,
    consortium: said.consortiumId,
    member: said.memberId,
    role: said.role,
    ...periodCells(said.during),
    end_reason: said.endReason,
    ...provenanceCells(said.provenance),
  };
  const references = toReferences(said.provenance, organisations.keys());
  return inputToRow(
    tables.memberships,
    { cells, fields: { ...fields, ...period } },
    toMembershipRow(catalogue, references),
  );
}

/**
 * Sees to it that a membership begins in organisations that are there, and that no other of the same two counts on a day on which it
 * does. Until this is over nobody else writes one of the two.
 *
 * @throws WriteRefused ENDED or OVERLAP.
 */
export async function checkMembership({ rows }: UnitOfWork, organisations: Organisations, membership: MembershipRow): Promise<void> {
  const { consortiumId, memberId } = membership;
  checkStart(organisations, { consortiumId, memberId }, membership);
  await rows.lock([`membership ${consortiumId} ${memberId}`]);
  const other = await rows.findOverlap(membership);
  if (other) {
    const message = `${memberId} belongs to ${consortiumId} by ${other.id} already, ${formatPeriod(other)}: end or correct that one.`;
    reject('OVERLAP', ['during'], message);
  }
}

/** What counts from some day on. */
type Dated = Pick<MembershipRow, 'startDate' | 'endDate' | 'ended' | 'observedOn'>;

/**
 * Sees to it that something begins while the organisations of these fields are there.
 *
 * @throws WriteRefused ENDED.
 */
export function checkStart(organisations: Organisations, ids: Readonly<Record<string, string>>, row: Dated): void {
  for (const [field, id] of Object.entries(ids)) {
    const body = organisations.get(id);
    if (body && hasEndedBefore(body, row)) {
      reject('ENDED', [field], `${id} has ended${body.endDate === null ? '' : `, on ${body.endDate}`}.`);
    }
  }
}

/**
 * A membership in a consortium, to be changed.
 *
 * @throws WriteRefused NOT_FOUND, also where it is one in another consortium, or REVISION_CONFLICT.
 */
export async function findMembership(
  unitOfWork: UnitOfWork,
  input: Pick<EndMembershipInput, 'membershipId' | 'consortiumId' | 'expectedRevision'>,
): Promise<MembershipParent> {
  const { membershipId: id, expectedRevision } = input;
  const asked = { id, expectedRevision, fields: { id: ['membershipId'], expectedRevision: ['expectedRevision'] } };
  const [membership] = await unitOfWork.findForChange(
    memberships,
    [asked],
    ({ consortiumId }) => consortiumId === input.consortiumId,
  );
  return membership as MembershipParent;
}

/** Where nobody knows when a body ended, only what has ended too can have been before. */
const hasEndedBefore = (body: OrganisationRow, { startDate, endDate, ended, observedOn }: Dated): boolean => {
  if (body.endDate === null) return body.ended === true && endDate === null && ended !== true;
  const begins: Day | null = startDate ?? observedOn;
  return begins !== null && begins >= body.endDate;
};

const formatPeriod = ({ startDate, endDate, ended }: MembershipRow): string =>
  `from ${startDate ?? 'an unknown day'} until ${endDate ?? (ended === true ? 'an unknown day' : 'further notice')}`;
