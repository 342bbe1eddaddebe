import type { Connection } from '../../kit/graphql/pagination.js';
import type { ChangeSubject, WriteFailure } from '../generated/resolver-types.js';
import type { AuditRow, WithRevision } from './rows.js';

/** What an editor has registered. */
export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  /** Null: all. */
  readonly subjects: readonly ChangeSubject[] | null;
  readonly secretIssuedAt: string;
}

export type WebhookParent = WithRevision<WebhookRow>;

/** How delivery to a webhook goes. */
export interface WebhookState {
  readonly id: string;
  readonly pending: number;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly disabledReason: string | null;
}

/** A try to deliver a message, in the log. */
export interface DeliveryRow {
  readonly id: number;
  readonly messageId: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
}

export type DeliveryPage = Connection<DeliveryRow>;

/** The payload of a mutation that issues a secret: a response that is repeated does not contain it, but names it. */
export interface SecretPayload {
  readonly webhook: WebhookParent | null;
  readonly secretId: string | null;
  readonly auditEntry: AuditRow | null;
  readonly failures: readonly WriteFailure[];
}

/** A change that is to be delivered. */
export interface WebhookMessage {
  readonly id: string;
  readonly webhookId: string;
  readonly feedId: string;
  /** The number of the change in its feed. */
  readonly number: string;
  /** `FEED` if the feed itself was restarted. */
  readonly subject: string;
  readonly subjectId: string;
  readonly kind: 'UPSERT' | 'DELETE' | 'RESTART';
  readonly at: string;
  /** How often delivery was tried, this time included. */
  readonly attempts: number;
}

/** A webhook with something to deliver. */
export interface DueWebhook {
  readonly id: string;
  readonly url: string;
  /** Those that are valid: the newest first. */
  readonly secrets: readonly string[];
}
