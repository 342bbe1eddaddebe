import type { Day } from '../../../../shared/dates.js';
import type { DatePrecision, InputMaybe } from '../../../generated/resolver-types.js';
import { checkPeriod } from '../../../import/tables/row-checks.js';
import { toPeriod } from '../../../model/periods.js';
import type { OrganisationParent, OrganisationRow, Provenance } from '../../../model/rows.js';
import { type FieldPath, reject } from '../core/failures.js';
import { mapRowErrors } from '../core/input-to-row.js';
import type { RowRevision, UnitOfWork } from '../core/unit-of-work.js';
import { organisations } from '../../../repositories/audited-tables.js';

/**
 * Finds and locks an organisation of a type.
 *
 * @param field the field of the input that contains its id.
 * @throws MutationError NOT_FOUND or REVISION_CONFLICT.
 */
export async function findOrganisation(
  unitOfWork: UnitOfWork,
  type: OrganisationRow['type'],
  field: string,
  revision: RowRevision,
): Promise<OrganisationParent> {
  const requested = { ...revision, fields: { id: [field], expectedRevision: ['expectedRevision'] } };
  const [organisation] = await unitOfWork.findForChange(organisations, [requested], (row) => row.type === type);
  return organisation as OrganisationParent;
}

/** The end of an organisation, and the field of the input that contains its date. */
interface OrganisationEnd {
  readonly on: Day;
  readonly precision: InputMaybe<DatePrecision> | undefined;
  readonly field: FieldPath;
  readonly provenance: Provenance;
}

/**
 * The row of an organisation with an end date.
 *
 * @throws MutationError ENDED if it has ended already, or INVALID_VALUE if it would end before it began.
 */
export function endOrganisation(
  organisation: OrganisationParent,
  idField: FieldPath,
  { on, precision, field, provenance }: OrganisationEnd,
): OrganisationRow {
  if (toPeriod(organisation).ended === true) {
    reject(
      'ENDED',
      idField,
      `${organisation.id} has ended already${organisation.endDate === null ? '' : `, on ${organisation.endDate}`}.`,
    );
  }
  mapRowErrors({ end: field }, () => {
    checkPeriod({ start: organisation.startDate, end: on, start_precision: null, end_precision: null });
  });
  return { ...organisation, endDate: on, endPrecision: precision ?? 'DAY', ended: true, provenance };
}
