import type { Revised } from '../../../model/rows.js';
import type { RowRevision, UnitOfWork } from './unit-of-work.js';
import type { Subject } from '../../../repositories/audited-tables.js';

/**
 * A row as its editor has read it. Nobody else changes it until this is over.
 *
 * @param field where in the input its id stands.
 * @param isMeant whether it is what the input says of it: another is as good as none.
 * @throws WriteRefused NOT_FOUND or REVISION_CONFLICT.
 */
export async function findOne<Row extends { readonly id: string }, Parent extends Revised<Row>>(
  unitOfWork: UnitOfWork,
  subject: Subject<Row, Parent>,
  { id, expectedRevision }: RowRevision,
  field: string,
  isMeant?: (row: Row) => boolean,
): Promise<Parent> {
  const fields = { id: [field], expectedRevision: ['expectedRevision'] };
  const [row] = await unitOfWork.findForChange(subject, [{ id, expectedRevision, fields }], isMeant);
  return row as Parent;
}
