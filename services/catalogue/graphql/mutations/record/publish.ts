import type { PublishRecordInput } from '../../../generated/resolver-types.js';
import type { RecordParent } from '../../../model/rows.js';
import { newId } from '../core/new-id.js';
import { recordOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const publishRecord: Write<PublishRecordInput, { readonly record: RecordParent }> = {
  action: 'publishRecord',
  perform: async (input, store, catalogue) => ({
    record: await store.insert(records, await recordOf(store, catalogue, newId(catalogue, 'record'), input), null),
  }),
};
