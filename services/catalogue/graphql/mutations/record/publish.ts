import type { PublishRecordInput } from '../../../generated/resolver-types.js';
import type { RecordParent } from '../../../model/rows.js';
import { newId } from '../core/new-id.js';
import { inputToRecord } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const publishRecord: Mutation<PublishRecordInput, { readonly record: RecordParent }> = {
  action: 'publishRecord',
  execute: async (input, unitOfWork, catalogue) => ({
    record: await unitOfWork.insert(
      records,
      await inputToRecord(unitOfWork, catalogue, newId(catalogue, 'record'), input),
      null,
    ),
  }),
};
