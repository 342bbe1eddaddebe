import type { Day } from '../../../../shared/dates.js';
import type { DatePrecision, InputMaybe } from '../../../generated/resolver-types.js';
import { checkPeriod } from '../../../import/tables/to-rows.js';
import { periodOf } from '../../../model/periods.js';
import type { OrganisationParent, OrganisationRow, Provenance } from '../../../model/rows.js';
import { type Field, refuse } from '../core/failures.js';
import { heldTo } from '../core/input-to-row.js';
import type { ReadByEditor, Store } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';

/**
 * A body of a type, to be changed; `field` is what the input calls its id.
 *
 * @throws WriteRefused NOT_FOUND or REVISION_CONFLICT.
 */
export async function findBody(
  store: Store,
  type: OrganisationRow['type'],
  field: string,
  read: ReadByEditor,
): Promise<OrganisationParent> {
  const asked = { ...read, fields: { id: [field], expectedRevision: ['expectedRevision'] } };
  const [body] = await store.findForChange(bodies, [asked], (row) => row.type === type);
  return body as OrganisationParent;
}

/** The end of a body, and where in the input its parts stand. */
export interface End {
  readonly on: Day;
  readonly precision: InputMaybe<DatePrecision> | undefined;
  readonly field: Field;
  readonly provenance: Provenance;
}

/**
 * A body that ends.
 *
 * @throws WriteRefused ENDED where it has ended already, or INVALID_VALUE where it would end before it began.
 */
export function ended(
  body: OrganisationParent,
  idField: Field,
  { on, precision, field, provenance }: End,
): OrganisationRow {
  if (periodOf(body).ended === true) {
    refuse('ENDED', idField, `${body.id} has ended already${body.endDate === null ? '' : `, on ${body.endDate}`}.`);
  }
  heldTo({ end: field }, () => {
    checkPeriod({ start: body.startDate, end: on, start_precision: null, end_precision: null });
  });
  return { ...body, endDate: on, endPrecision: precision ?? 'DAY', ended: true, provenance };
}
