import type { Day } from '../../../../shared/dates.js';
import type { DatePrecision, InputMaybe } from '../../../generated/resolver-types.js';
import { checkPeriod } from '../../../import/tables/to-rows.js';
import { periodOf } from '../../../model/periods.js';
import type { OrganisationParent, OrganisationRow, Provenance } from '../../../model/rows.js';
import { type FieldPath, reject } from '../core/failures.js';
import { mapRowErrors } from '../core/input-to-row.js';
import type { RowRevision, UnitOfWork } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';

/**
 * A body of a type, to be changed; `field` is what the input calls its id.
 *
 * @throws WriteRefused NOT_FOUND or REVISION_CONFLICT.
 */
export async function findOrganisation(
  unitOfWork: UnitOfWork,
  type: OrganisationRow['type'],
  field: string,
  read: RowRevision,
): Promise<OrganisationParent> {
  const asked = { ...read, fields: { id: [field], expectedRevision: ['expectedRevision'] } };
  const [body] = await unitOfWork.findForChange(bodies, [asked], (row) => row.type === type);
  return body as OrganisationParent;
}

/** The end of a body, and where in the input its parts stand. */
export interface OrganisationEnd {
  readonly on: Day;
  readonly precision: InputMaybe<DatePrecision> | undefined;
  readonly field: FieldPath;
  readonly provenance: Provenance;
}

/**
 * A body that ends.
 *
 * @throws WriteRefused ENDED where it has ended already, or INVALID_VALUE where it would end before it began.
 */
export function endOrganisation(
  body: OrganisationParent,
  idField: FieldPath,
  { on, precision, field, provenance }: OrganisationEnd,
): OrganisationRow {
  if (periodOf(body).ended === true) {
    reject('ENDED', idField, `${body.id} has ended already${body.endDate === null ? '' : `, on ${body.endDate}`}.`);
  }
  mapRowErrors({ end: field }, () => {
    checkPeriod({ start: body.startDate, end: on, start_precision: null, end_precision: null });
  });
  return { ...body, endDate: on, endPrecision: precision ?? 'DAY', ended: true, provenance };
}
