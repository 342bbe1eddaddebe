import type { EnableWebhookInput } from '../../../generated/resolver-types.js';
import type { WebhookParent } from '../../../model/webhook-rows.js';
import { webhooks } from '../../../repositories/audited-tables.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';

export const enableWebhook: Mutation<EnableWebhookInput, { readonly webhook: WebhookParent | null }> = {
  action: 'enableWebhook',
  isEnabled: ({ hasWebhooks }) => hasWebhooks,
  execute: async ({ webhookId: id, expectedRevision }, unitOfWork) => {
    const before = await findOne(unitOfWork, webhooks, { id, expectedRevision }, 'webhookId');
    await unitOfWork.rows.enableWebhook(id);
    // Its row remains as it is; the audit trail states who has enabled it.
    const [webhook = null] = await unitOfWork.update(webhooks, [{ before, to: before }]);
    return { webhook };
  },
};
