import type { WithdrawRecordInput } from '../generated/resolver-types.js';
import { findOne } from './find-one.js';
import type { Write } from './resolve-write.js';
import { records } from './subjects.js';

export const withdrawRecord: Write<WithdrawRecordInput, { readonly recordId: string }> = {
  action: 'withdrawRecord',
  perform: async ({ recordId: id, expectedRevision }, store) => {
    await store.remove(records, await findOne(store, records, { id, expectedRevision }, 'recordId'));
    return { recordId: id };
  },
};
