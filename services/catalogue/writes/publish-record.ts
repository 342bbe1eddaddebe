import type { PublishRecordInput } from '../generated/resolver-types.js';
import type { RecordParent } from '../rows.js';
import { newId } from './new-id.js';
import { recordOf } from './record.js';
import type { Write } from './resolve-write.js';
import { records } from './subjects.js';

export const publishRecord: Write<PublishRecordInput, { readonly record: RecordParent }> = {
  action: 'publishRecord',
  perform: async (input, store, catalogue) => ({
    record: await store.insert(records, await recordOf(store, catalogue, newId(catalogue, 'record'), input), null),
  }),
};
