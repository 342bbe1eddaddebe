import type { InputMaybe } from '../../../generated/resolver-types.js';
import type { FeeRow, TermsParent, TermsRow } from '../../../model/rows.js';
import { terms } from '../../../repositories/audited-tables.js';
import { findOne } from '../core/find-one.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

interface TermsRevision {
  readonly consortiumId?: InputMaybe<string> | undefined;
  readonly termsId: string;
  readonly expectedRevision: number;
}

/**
 * Finds the terms of a consortium, or of a solution alone, at the revision that their editor has read, with their fees for the
 * audit trail, and locks them.
 *
 * @throws MutationError NOT_FOUND or REVISION_CONFLICT.
 */
export async function findTerms(
  unitOfWork: UnitOfWork,
  { consortiumId, termsId: id, expectedRevision }: TermsRevision,
): Promise<TermsParent & { readonly fees: readonly FeeRow[] }> {
  const isMeant = (row: TermsRow): boolean => row.consortiumId === (consortiumId ?? null);
  const found = await findOne(unitOfWork, terms, { id, expectedRevision }, 'termsId', isMeant);
  return { ...found, fees: await unitOfWork.rows.findFees(id) };
}
