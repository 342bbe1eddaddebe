import { resolvePage } from '../../../../kit/graphql/pagination.js';
import { authorise } from '../../../auth/permissions.js';
import type { QueryResolvers, ResolversOf } from '../../../generated/resolver-types.js';
import { toRowId } from '../../../model/national-catalogue.js';
import type { DeliveryRow, SecretPayload } from '../../../model/webhook-rows.js';
import type { Context } from '../../context.js';

/** Lists the webhooks, for those who may register one. */
export const listWebhooks: QueryResolvers['webhooks'] = async (_query, _args, context) => {
  await authorise(context, 'registerWebhook');
  return context.repositories.webhooks.findAll();
};

export const webhookResolvers: ResolversOf<'Webhook'> = {
  pending: async ({ id }, _args, { loaders }) => (await loaders.webhookState.load(id))?.pending ?? 0,
  failingSince: async ({ id }, _args, { loaders }) => (await loaders.webhookState.load(id))?.failingSince ?? null,
  disabledAt: async ({ id }, _args, { loaders }) => (await loaders.webhookState.load(id))?.disabledAt ?? null,
  disabledReason: async ({ id }, _args, { loaders }) => (await loaders.webhookState.load(id))?.disabledReason ?? null,
  deliveries: ({ id }, pageArguments, { repositories: { webhooks } }) =>
    resolvePage<DeliveryRow>(pageArguments, {
      scope: `${id} deliveries`,
      key: { types: ['number'], of: (row) => [row.id] },
      find: (page) => webhooks.findDeliveries(id, page),
      count: () => webhooks.countDeliveries(id),
    }),
};

export const webhookDeliveryResolvers: ResolversOf<'WebhookDelivery'> = {
  id: ({ id }, _args, { catalogue }) => toRowId(catalogue, 'webhook-delivery', String(id)),
};

/** The secret is not in the response that is kept for repeated requests. */
export const secretPayloadResolvers = {
  secret: ({ secretId }: SecretPayload, _args: unknown, { repositories }: Context) =>
    // Null if the mutation failed.
    secretId ? repositories.webhooks.findSecret(secretId) : null,
};
