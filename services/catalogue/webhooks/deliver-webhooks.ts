import type { StatementRunner } from '../../kit/database/database.js';
import { type PublicClient, type Reply } from '../../kit/http/public-client.js';
import type { Logger } from '../../kit/observability/logger.js';
import type { Metrics } from '../../kit/observability/metrics.js';
import type { DueWebhook, WebhookMessage } from '../model/webhook-rows.js';
import { createWebhookQueue } from '../repositories/webhook-queue.js';
import { signMessage, writeMessage } from './message.js';
import type { WebhookTiming } from './timing.js';

export interface WebhookOptions {
  readonly country: { readonly code: string };
  readonly client: PublicClient;
  readonly timing: WebhookTiming;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** How many messages are sent at the same time: to one webhook, so that a slow one does not hold up the others, and in all. */
const maxInFlight = { perWebhook: 8, inAll: 64 } as const;
/** How often old entries of the log are deleted. */
const pruneMs = 3_600_000;

/**
 * Delivers the changes of the feed to the webhooks until it is stopped. Several processes may do so for one database.
 *
 * Each message arrives at least once; those about one subject in the order of their changes.
 */
export function deliverWebhooks(
  database: StatementRunner,
  { country, client, timing, logger, metrics }: WebhookOptions,
): { readonly stop: () => Promise<void> } {
  const queue = createWebhookQueue(database);
  const inFlight = new Map<string, Set<Promise<void>>>();
  const running = (): Promise<void>[] => [...inFlight.values()].flatMap((attempts) => [...attempts]);
  const observe = metrics.histogram({
    name: 'webhook_attempt_duration_seconds',
    help: 'Duration of attempts to deliver a message to a webhook by outcome.',
    labels: ['outcome'],
  });
  let isStopped = false;
  let wake = (): void => undefined;
  let prunedAt = 0;

  const attempt = async (webhook: DueWebhook, message: WebhookMessage): Promise<void> => {
    const startedAt = performance.now();
    const reply = await send(webhook, message);
    const durationMs = performance.now() - startedAt;
    const error = 'error' in reply ? reply.error : describeStatus(reply.status);
    observe({ outcome: error === null ? 'delivered' : 'failed' }, durationMs / 1_000);
    const result = {
      message,
      error,
      durationMs: Math.round(durationMs),
      status: 'error' in reply ? null : reply.status,
    };
    if (error === null) {
      await queue.recordSuccess(result);
      return;
    }
    const { retryMs, pauseMs, maxAgeMs } = timing;
    const asked = 'error' in reply ? 0 : (reply.retryAfterSeconds ?? 0) * 1_000;
    const reason = await queue.recordFailure(result, {
      // A receiver may ask for more time, but not for more than the longest delay.
      retryMs: Math.max(retryMs(message.attempts), Math.min(asked, maxAgeMs / 10)),
      pauseMs,
      maxAgeMs,
      isGone: result.status === 410,
    });
    if (reason !== null)
      logger.warn({ webhook: webhook.id, reason, error }, 'a webhook was disabled: its editor can enable it again');
  };

  const send = async ({ url, secrets }: DueWebhook, message: WebhookMessage): Promise<Reply | { error: string }> => {
    const body = writeMessage(message, country);
    try {
      return await client.post(url, signMessage(message.id, body, secrets), body);
    } catch (error) {
      return { error: codeOf(error) };
    }
  };

  const start = (webhook: DueWebhook, message: WebhookMessage): void => {
    const attempts = inFlight.get(webhook.id) ?? new Set();
    inFlight.set(webhook.id, attempts);
    const started = attempt(webhook, message)
      .catch((error: unknown) => {
        // Whether it was delivered is not recorded: it is tried again after its lease.
        logger.error({ err: error, webhook: webhook.id }, 'an attempt to deliver to a webhook was not recorded');
      })
      .finally(() => {
        attempts.delete(started);
        if (attempts.size === 0) inFlight.delete(webhook.id);
        wake();
      });
    attempts.add(started);
  };

  const work = async (): Promise<void> => {
    for (const webhook of await queue.findDue()) {
      const room = Math.min(
        maxInFlight.perWebhook - (inFlight.get(webhook.id)?.size ?? 0),
        maxInFlight.inAll - running().length,
      );
      if (room <= 0) continue;
      await queue.followRestart(webhook.id);
      await queue.enqueue(webhook.id);
      for (const message of await queue.claim(webhook.id, room, timing.leaseMs)) start(webhook, message);
    }
    if (performance.now() - prunedAt < pruneMs && prunedAt !== 0) return;
    await queue.prune(timing.logMs);
    prunedAt = performance.now();
  };

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const woken = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timing.pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      try {
        await work();
      } catch (error) {
        logger.error({ err: error }, 'webhooks cannot be read from the database, and are tried again');
        await new Promise((resolve) => setTimeout(resolve, timing.pollMs));
      }
      await woken;
    }
  };

  const done = run();
  return {
    stop: async () => {
      isStopped = true;
      wake();
      await done;
      await Promise.all(running());
    },
  };
}

/** Null if the message was delivered. */
const describeStatus = (status: number): string | null => {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? `status ${status}: redirects are not followed` : `status ${status}`;
};

/** The stable code of an error, which is all that an editor needs to see: `ECONNREFUSED`. Its message may name internal addresses. */
function codeOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: string; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'TIMEOUT';
  const found = typeof code === 'string' ? code : cause?.code;
  return typeof found === 'string' ? found : 'CONNECTION_FAILED';
}
