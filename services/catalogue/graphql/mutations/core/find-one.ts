import type { WithRevision } from '../../../model/rows.js';
import type { RowRevision, UnitOfWork } from './unit-of-work.js';
import type { AuditedTable } from '../../../repositories/audited-tables.js';

/**
 * Finds a row at the revision that its editor has read, and locks it until the transaction ends.
 *
 * @param field the field of the input that contains its id.
 * @param isMeant whether the row matches the rest of the input; a row that does not is treated as not found.
 * @throws MutationError NOT_FOUND or REVISION_CONFLICT.
 */
export async function findOne<Row extends { readonly id: string }, Parent extends WithRevision<Row>>(
  unitOfWork: UnitOfWork,
  table: AuditedTable<Row, Parent>,
  { id, expectedRevision }: RowRevision,
  field: string,
  isMeant?: (row: Row) => boolean,
): Promise<Parent> {
  const fields = { id: [field], expectedRevision: ['expectedRevision'] };
  const [row] = await unitOfWork.findForChange(table, [{ id, expectedRevision, fields }], isMeant);
  return row as Parent;
}
