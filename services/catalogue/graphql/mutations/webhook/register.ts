import { parseUrl } from '../../../../../schema/values/parse-url.js';
import { findForbiddenPart, publicTargets } from '../../../../kit/http/public-client.js';
import type { RegisterWebhookInput } from '../../../generated/resolver-types.js';
import type { WebhookParent } from '../../../model/webhook-rows.js';
import { webhooks } from '../../../repositories/audited-tables.js';
import { invalidValue, MutationError } from '../core/failures.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { issueSecret } from './secret.js';

/** Each takes statements with every change, of all processes. */
const maxWebhooks = 100;

export const registerWebhook: Mutation<
  RegisterWebhookInput,
  { readonly webhook: WebhookParent; readonly secretId: string }
> = {
  action: 'registerWebhook',
  isEnabled: ({ hasWebhooks }) => hasWebhooks,
  execute: async ({ url, subjects = null }, unitOfWork, catalogue) => {
    const problem = findUrlProblem(url);
    if (problem !== null) throw new MutationError([invalidValue(['url'], problem)]);
    if (subjects?.length === 0 || subjects?.includes('WEBHOOK') === true)
      throw new MutationError([invalidValue(['subjects'], 'must be subjects of the change feed; null for all')]);
    if ((await unitOfWork.rows.countWebhooks()) >= maxWebhooks)
      throw new MutationError([invalidValue(['url'], `cannot be added: there are ${maxWebhooks} webhooks already`)]);
    const row = {
      id: newId(catalogue, 'webhook'),
      url: new URL(url).href,
      subjects: subjects === null ? null : [...new Set(subjects)].sort(),
      secretIssuedAt: new Date().toISOString(),
    };
    const webhook = await unitOfWork.insert(webhooks, row, null);
    await unitOfWork.rows.addWebhookState(webhook.id);
    return { webhook, secretId: await issueSecret(unitOfWork, webhook.id) };
  },
};

/** What is known without resolving the name, which is checked again with each connection. */
function findUrlProblem(text: string): string | null {
  const url = parseUrl(text);
  return url ? findForbiddenPart(url, publicTargets) : 'is not an address';
}
