import type { WithdrawRecordInput } from '../../../generated/resolver-types.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const withdrawRecord: Mutation<WithdrawRecordInput, { readonly recordId: string }> = {
  action: 'withdrawRecord',
  execute: async ({ recordId: id, expectedRevision }, unitOfWork) => {
    await unitOfWork.remove(records, await findOne(unitOfWork, records, { id, expectedRevision }, 'recordId'));
    return { recordId: id };
  },
};
