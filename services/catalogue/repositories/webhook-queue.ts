import type { StatementRunner } from '../../kit/database/database.js';
import type { DueWebhook, WebhookMessage } from '../model/webhook-rows.js';
import { inUtc } from './sql-fragments.js';

/** The result of an attempt to deliver a message. */
export interface Attempt {
  readonly message: WebhookMessage;
  readonly durationMs: number;
  readonly status: number | null;
  /** A code or a short text. Null if it was delivered. */
  readonly error: string | null;
}

/** What follows from a failed attempt. */
export interface AfterFailure {
  /** When the message is tried again. */
  readonly retryMs: number;
  /** How long nothing is sent to a webhook after so many failures in a row. */
  readonly pauseMs: (failures: number) => number;
  /** How old the first attempt may be before the webhook is disabled. */
  readonly maxAgeMs: number;
  /** Whether the receiver wants nothing any more. */
  readonly isGone: boolean;
}

/** How many messages a webhook has at most; what comes later waits in the feed. */
const maxPending = 1_000;

const ms = (parameter: string): string => `${parameter} * interval '1 millisecond'`;
const logAttempt = `INSERT INTO webhook_attempt (webhook_id, message_id, number, subject, subject_id, attempt, duration_ms, status, error)
  SELECT webhook_id, id, number, subject, subject_id, $2::integer, $3::integer, $4::integer, $5::text FROM tried`;

/**
 * The messages to webhooks. Processes share the work: one that takes a message has it for a time (a lease), after which another may
 * take it, because the first may have died.
 */
export const createWebhookQueue = ({ query, transaction }: StatementRunner) => ({
  /** The webhooks that have something to deliver at present. */
  findDue: () =>
    query<DueWebhook>(
      `SELECT w.id, w.url, ARRAY(
        SELECT s.secret FROM webhook_secret s WHERE s.webhook_id = w.id AND coalesce(s.expires_at > now(), true)
        ORDER BY s.issued_at DESC) AS secrets
      FROM webhook w JOIN webhook_state s ON s.webhook_id = w.id, feed f
      WHERE s.disabled_at IS NULL AND coalesce(s.paused_until <= now(), true) AND (
        s.position < f.last_number OR s.feed_id <> f.id
        OR EXISTS (SELECT FROM webhook_message m WHERE m.webhook_id = w.id AND m.next_attempt_at <= now()))
      ORDER BY w.id`,
    ),

  /** Adds the next changes of the feed to a webhook's messages, as far as there is room. */
  enqueue: (webhookId: string) =>
    query(
      `WITH state AS (
        SELECT s.webhook_id, s.feed_id, s.position FROM webhook_state s JOIN feed f ON f.id = s.feed_id
        WHERE s.webhook_id = $1 AND s.disabled_at IS NULL FOR UPDATE OF s SKIP LOCKED),
      entries AS (
        SELECT c.*, state.feed_id FROM state CROSS JOIN LATERAL (
          SELECT * FROM change c WHERE c.number > state.position ORDER BY c.number
          LIMIT (SELECT greatest(0, $2 - count(*)) FROM webhook_message m WHERE m.webhook_id = $1)) c),
      added AS (
        INSERT INTO webhook_message (id, webhook_id, feed_id, number, subject, subject_id, kind, at)
        -- The same change has the same id whenever it is enqueued, by which receivers recognise it.
        SELECT 'msg_' || md5(w.id || e.feed_id || e.number), w.id, e.feed_id, e.number, e.subject, e.subject_id, e.kind, e.at
        FROM entries e JOIN webhook w ON w.id = $1 WHERE w.subjects IS NULL OR e.subject = ANY (w.subjects)
        ON CONFLICT (id) DO NOTHING)
      UPDATE webhook_state s SET position = (SELECT max(number) FROM entries)
      WHERE s.webhook_id = $1 AND EXISTS (SELECT FROM entries)`,
      [webhookId, maxPending],
    ),

  /** If the feed was restarted, replaces all messages by one that states it: receivers have to read everything again. */
  followRestart: (webhookId: string) =>
    transaction(async (run) => {
      const moved = await run(
        `UPDATE webhook_state s SET feed_id = f.id, position = f.last_number FROM feed f
        WHERE s.webhook_id = $1 AND s.feed_id <> f.id RETURNING s.webhook_id`,
        [webhookId],
      );
      if (moved.length === 0) return;
      await run(`DELETE FROM webhook_message WHERE webhook_id = $1`, [webhookId]);
      await run(
        `INSERT INTO webhook_message (id, webhook_id, feed_id, number, subject, subject_id, kind, at)
        SELECT 'msg_' || md5($1 || f.id || 'restart'), $1, f.id, f.last_number, 'FEED', f.id, 'RESTART', now() FROM feed f`,
        [webhookId],
      );
    }),

  /** Takes messages that are due, of each subject only the oldest: the next one waits until it was delivered. */
  claim: (webhookId: string, limit: number, leaseMs: number) =>
    query<WebhookMessage>(
      `UPDATE webhook_message m SET attempts = m.attempts + 1, next_attempt_at = now() + ${ms('$3')},
        first_attempt_at = coalesce(m.first_attempt_at, now())
      FROM (
        SELECT p.id FROM webhook_message p
        WHERE p.webhook_id = $1 AND p.next_attempt_at <= now() AND NOT EXISTS (
          SELECT FROM webhook_message e WHERE e.webhook_id = p.webhook_id AND e.number < p.number
            AND (e.subject, e.subject_id) = (p.subject, p.subject_id))
          AND NOT EXISTS (
            SELECT FROM webhook_message e WHERE e.webhook_id = p.webhook_id AND e.subject = 'FEED' AND p.subject <> 'FEED')
        ORDER BY p.next_attempt_at, p.number LIMIT $2 FOR UPDATE SKIP LOCKED) due
      WHERE m.id = due.id
      RETURNING m.id, m.webhook_id AS "webhookId", m.feed_id AS "feedId", m.number::text, m.subject,
        m.subject_id AS "subjectId", m.kind, ${inUtc('m.at')} AS at, m.attempts`,
      [webhookId, limit, leaseMs],
    ),

  /** Removes a message that was delivered. */
  recordSuccess: ({ message, durationMs, status }: Attempt) =>
    query(
      `WITH tried AS (DELETE FROM webhook_message WHERE id = $1 RETURNING *),
      recovered AS (
        UPDATE webhook_state s SET failures = 0, failing_since = NULL, paused_until = NULL
        FROM tried WHERE s.webhook_id = tried.webhook_id AND s.failures > 0)
      ${logAttempt}`,
      [message.id, message.attempts, durationMs, status, null],
    ),

  /**
   * Keeps a message for another attempt, or disables its webhook. Its messages are discarded then: the feed has them still, from the
   * position to which the webhook returns.
   *
   * @returns the reason if the webhook is disabled now.
   */
  recordFailure: (
    { message, durationMs, status, error }: Attempt,
    { retryMs, pauseMs, maxAgeMs, isGone }: AfterFailure,
  ): Promise<string | null> =>
    transaction(async (run) => {
      const [state] = await run<{ failures: number; isDisabled: boolean }>(
        `UPDATE webhook_state SET failures = failures + 1, failing_since = coalesce(failing_since, now())
        WHERE webhook_id = $1 RETURNING failures, disabled_at IS NOT NULL AS "isDisabled"`,
        [message.webhookId],
      );
      // It was withdrawn, or disabled because of another message.
      if (!state || state.isDisabled) return null;
      const [tried] = await run<{ isOld: boolean }>(
        // Not if the lease has passed, and another process has the message.
        `WITH tried AS (
          UPDATE webhook_message SET next_attempt_at = now() + ${ms('$6')} WHERE id = $1 AND attempts = $2 RETURNING *),
        logged AS (${logAttempt})
        SELECT first_attempt_at <= now() - ${ms('$7')} AS "isOld" FROM tried`,
        [message.id, message.attempts, durationMs, status, error, retryMs, maxAgeMs],
      );
      const reason = isGone ? 'GONE' : tried?.isOld === true ? 'FAILING' : null;
      if (reason === null)
        await run(`UPDATE webhook_state SET paused_until = now() + ${ms('$2')} WHERE webhook_id = $1`, [
          message.webhookId,
          pauseMs(state.failures),
        ]);
      else
        await run(
          `WITH discarded AS (DELETE FROM webhook_message WHERE webhook_id = $1 RETURNING number, kind)
          UPDATE webhook_state SET disabled_at = now(), disabled_reason = $2,
            position = least(position, (SELECT min(number) - 1 FROM discarded)),
            -- A restart that was not announced is announced later.
            feed_id = CASE WHEN EXISTS (SELECT FROM discarded WHERE kind = 'RESTART') THEN gen_random_uuid() ELSE feed_id END
          WHERE webhook_id = $1`,
          [message.webhookId, reason],
        );
      return reason;
    }),

  /** Deletes old entries of the log. */
  prune: (maxAgeMs: number) =>
    query(
      `DELETE FROM webhook_attempt WHERE id = ANY (ARRAY(
        SELECT id FROM webhook_attempt WHERE at < now() - ${ms('$1')} ORDER BY at LIMIT 10000))`,
      [maxAgeMs],
    ),
});

export type WebhookQueue = ReturnType<typeof createWebhookQueue>;
