import type { RotateWebhookSecretInput } from '../../../generated/resolver-types.js';
import type { WebhookParent } from '../../../model/webhook-rows.js';
import { webhooks } from '../../../repositories/audited-tables.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { issueSecret } from './secret.js';

export const rotateWebhookSecret: Mutation<
  RotateWebhookSecretInput,
  { readonly webhook: WebhookParent | null; readonly secretId: string }
> = {
  action: 'rotateWebhookSecret',
  execute: async ({ webhookId: id, expectedRevision }, unitOfWork) => {
    const before = await findOne(unitOfWork, webhooks, { id, expectedRevision }, 'webhookId');
    const to = { ...before, secretIssuedAt: new Date().toISOString() };
    const [webhook = null] = await unitOfWork.update(webhooks, [{ before, to }]);
    return { webhook, secretId: await issueSecret(unitOfWork, id) };
  },
};
