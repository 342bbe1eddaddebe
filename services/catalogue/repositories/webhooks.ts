import type { Database, Query } from '../../kit/database/database.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { DeliveryRow, WebhookParent, WebhookState } from '../model/webhook-rows.js';
import { webhooks } from './audited-tables.js';
import { inUtc } from './sql-fragments.js';

/** Reads webhooks, their state and their log, for editors. */
export const createWebhookRepository = ({ query }: Pick<Database, 'query'>) => ({
  findAll: () => query<WebhookParent>(`SELECT ${webhooks.columns} FROM webhook r ORDER BY r.id`),

  findStates: (ids: readonly string[]) =>
    query<WebhookState>(
      `SELECT s.webhook_id AS id, ${inUtc('s.failing_since')} AS "failingSince", ${inUtc('s.disabled_at')} AS "disabledAt",
        s.disabled_reason AS "disabledReason",
        (SELECT count(*)::int FROM webhook_message m WHERE m.webhook_id = s.webhook_id) AS pending
      FROM webhook_state s WHERE s.webhook_id = ANY ($1)`,
      [ids],
    ),

  /** The latest first. */
  findDeliveries: (webhookId: string, page: Page) => {
    const parameters = createParameters();
    const conditions = [`a.webhook_id = ${parameters(webhookId)}`];
    const cut = pageSql(page, { columns: ['a.id'], descending: true }, parameters);
    return query<DeliveryRow>(
      `SELECT a.id::integer, a.message_id AS "messageId", a.subject, a.subject_id AS "subjectId", a.attempt, ${inUtc('a.at')} AS at,
        a.duration_ms AS "durationMs", a.status, a.error
      FROM webhook_attempt a WHERE ${[...conditions, ...cut.conditions].join(' AND ')} ${cut.orderAndLimit}`,
      parameters.values,
    );
  },

  countDeliveries: async (webhookId: string) => {
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhook_attempt WHERE webhook_id = $1`,
      [webhookId],
    );
    return row?.count ?? 0;
  },

  /** A secret that is valid still. */
  findSecret: async (secretId: string) => {
    const [row] = await query<{ secret: string }>(
      `SELECT secret FROM webhook_secret WHERE id = $1 AND coalesce(expires_at > now(), true)`,
      [secretId],
    );
    return row?.secret ?? null;
  },
});

/** How long the former secret remains valid: receivers need time to get the new one. */
const overlap = `interval '24 hours'`;

/** Writes what belongs to a webhook, and is not in the audit trail, within an editor's transaction. */
export const createWebhookWrites = (query: Query) => ({
  countWebhooks: async () => {
    // Two registrations at the same time would both be the last.
    await query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph webhooks'))`);
    const [row] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM webhook`);
    return row?.count ?? 0;
  },

  /** A webhook begins with the changes after its registration. */
  addWebhookState: (webhookId: string) =>
    query(`INSERT INTO webhook_state (webhook_id, feed_id, position) SELECT $1, feed.id, feed.last_number FROM feed`, [
      webhookId,
    ]),

  /** Adds a secret. The former one expires a day later, and those before it at once: at most two are valid. */
  addSecret: async (id: string, webhookId: string, secret: string) => {
    await query(`DELETE FROM webhook_secret WHERE webhook_id = $1 AND expires_at IS NOT NULL`, [webhookId]);
    await query(`UPDATE webhook_secret SET expires_at = now() + ${overlap} WHERE webhook_id = $1`, [webhookId]);
    await query(`INSERT INTO webhook_secret (id, webhook_id, secret) VALUES ($1, $2, $3)`, [id, webhookId, secret]);
  },

  /** Lets delivery continue from where it was. */
  enableWebhook: (webhookId: string) =>
    query(
      `UPDATE webhook_state SET disabled_at = NULL, disabled_reason = NULL, failures = 0, failing_since = NULL, paused_until = NULL
      WHERE webhook_id = $1`,
      [webhookId],
    ),
});
