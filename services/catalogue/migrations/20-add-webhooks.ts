import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/**
 * Webhooks: what editors register, and how far each receiver has followed the feed. `webhook_message` has the changes that are not
 * delivered yet, a bounded part of the feed: the feed itself keeps the others. `webhook_attempt` is the log.
 */
export class AddWebhooks1766000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id ${id} PRIMARY KEY,
        url text NOT NULL,
        subjects text[],
        secret_issued_at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1
      )`);
    await runner.query(`
      CREATE TRIGGER count_revision BEFORE UPDATE ON webhook
      FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_revision()`);
    // Apart from the webhook: the audit trail has the rows of that, and must not contain secrets.
    await runner.query(`
      CREATE TABLE webhook_secret (
        id ${id} PRIMARY KEY,
        webhook_id ${id} NOT NULL REFERENCES webhook ON DELETE CASCADE,
        secret text NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz
      )`);
    await runner.query(`CREATE INDEX webhook_secret_by_webhook ON webhook_secret (webhook_id)`);
    await runner.query(`
      CREATE TABLE webhook_state (
        webhook_id ${id} PRIMARY KEY REFERENCES webhook ON DELETE CASCADE,
        feed_id uuid NOT NULL,
        position bigint NOT NULL,
        failures integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        paused_until timestamptz,
        disabled_at timestamptz,
        disabled_reason text
      )`);
    await runner.query(`
      CREATE TABLE webhook_message (
        id text PRIMARY KEY,
        webhook_id ${id} NOT NULL REFERENCES webhook ON DELETE CASCADE,
        feed_id uuid NOT NULL,
        number bigint NOT NULL,
        subject text NOT NULL,
        subject_id ${id} NOT NULL,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        first_attempt_at timestamptz,
        next_attempt_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX webhook_message_by_time ON webhook_message (webhook_id, next_attempt_at, number)`);
    await runner.query(
      `CREATE INDEX webhook_message_by_subject ON webhook_message (webhook_id, subject, subject_id, number)`,
    );
    await runner.query(`
      CREATE TABLE webhook_attempt (
        id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        webhook_id ${id} NOT NULL REFERENCES webhook ON DELETE CASCADE,
        message_id text NOT NULL,
        number bigint NOT NULL,
        subject text NOT NULL,
        subject_id ${id} NOT NULL,
        attempt integer NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        duration_ms integer NOT NULL,
        status integer,
        error text
      )`);
    await runner.query(`CREATE INDEX webhook_attempt_by_webhook ON webhook_attempt (webhook_id, id)`);
    await runner.query(`CREATE INDEX webhook_attempt_by_time ON webhook_attempt (at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webhook_attempt, webhook_message, webhook_state, webhook_secret, webhook`);
  }
}
