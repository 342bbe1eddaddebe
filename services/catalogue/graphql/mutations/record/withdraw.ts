import type { WithdrawRecordInput } from '../../../generated/resolver-types.js';
import { findOne } from '../core/find-one.js';
import type { Write } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const withdrawRecord: Write<WithdrawRecordInput, { readonly recordId: string }> = {
  action: 'withdrawRecord',
  perform: async ({ recordId: id, expectedRevision }, store) => {
    await store.remove(records, await findOne(store, records, { id, expectedRevision }, 'recordId'));
    return { recordId: id };
  },
};
