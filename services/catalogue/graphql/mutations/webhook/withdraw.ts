import type { WithdrawWebhookInput } from '../../../generated/resolver-types.js';
import { webhooks } from '../../../repositories/audited-tables.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';

export const withdrawWebhook: Mutation<WithdrawWebhookInput, { readonly webhookId: string }> = {
  action: 'withdrawWebhook',
  execute: async ({ webhookId: id, expectedRevision }, unitOfWork) => {
    await unitOfWork.remove(webhooks, await findOne(unitOfWork, webhooks, { id, expectedRevision }, 'webhookId'));
    return { webhookId: id };
  },
};
