import type { Database } from '../../kit/database/database.js';
import { createPublicClient, type PublicClient } from '../../kit/http/public-client.js';
import { noMetrics } from '../../kit/observability/metrics.js';
import { createRandom } from '../../kit/testing/random.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { deliverWebhooks } from '../webhooks/deliver-webhooks.js';
import type { WebhookTiming } from '../webhooks/timing.js';
import { failInEveryWay, findProblems, type Receiver } from './unreliable-receiver.js';

/** The timing of tests: milliseconds in place of hours. */
export const fastTiming: WebhookTiming = {
  pollMs: 10,
  leaseMs: 1_500,
  retryMs: () => 5,
  pauseMs: () => 0,
  maxAgeMs: 3_600_000,
  logMs: 3_600_000,
};

/** How long a client of tests waits for a receiver: less than a lease. */
const timeoutMs = 250;

/** A client that reaches this machine. @param authority that it trusts. Default: those of Node. */
export const createLocalClient = (authority?: string): PublicClient =>
  createPublicClient(
    { protocols: ['http:', 'https:'], ports: 'any', isAllowedAddress: (address) => address === '127.0.0.1' },
    { timeoutMs, authority },
  );

/** A process that delivers webhooks, for tests. */
export function startDelivery(database: Database, timing: Partial<WebhookTiming> = {}, authority?: string) {
  const client = createLocalClient(authority);
  const { stop } = deliverWebhooks(database, {
    ...{ country: { code: 'DK' }, client, timing: { ...fastTiming, ...timing } },
    ...{ logger: silentLogger, metrics: noMetrics },
  });
  return {
    stop: async () => {
      await stop();
      await client.close();
    },
  };
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean | Promise<boolean>, deadlineMs = 60_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not hold within ${deadlineMs} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Changes so many records, each of which is an entry of the feed. */
const changeAll = (database: Database, subjects: number): Promise<unknown> =>
  database.query(
    `INSERT INTO catalogue_record SELECT 'dk:record:w' || n, 'a.example/' || n, 'SOFTWARE', NULL, NULL, '{}', NULL, '[]', '{}', '', ''
    FROM generate_series(1, $1::integer) n ON CONFLICT (id) DO UPDATE SET sort_name = catalogue_record.sort_name || 'x'`,
    [subjects],
  );

/**
 * Delivers messages to a receiver that fails in every way, with two processes that share the work, one of which is replaced again and
 * again; and finds out what was lost, out of order or forged.
 */
export async function playWebhooks(
  database: Database,
  receiver: Receiver,
  { messages, subjects, seed }: { readonly messages: number; readonly subjects: number; readonly seed: number },
): Promise<string[]> {
  receiver.treat = failInEveryWay(createRandom(seed));
  const rounds = Math.ceil(messages / subjects);
  const first = startDelivery(database);
  let second = startDelivery(database);
  try {
    for (let round = 0; round < rounds; round += 1) {
      await changeAll(database, subjects);
      // The feed keeps only the latest change of each subject: the next change waits until this one is a message.
      await until(() => isRead(database), 600_000);
      await second.stop();
      second = startDelivery(database);
    }
    await until(() => isIdle(database), 600_000);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
  }
  return findProblems(
    receiver,
    new Map(Array.from({ length: subjects }, (_, index) => [`dk:record:w${index + 1}`, rounds])),
  );
}

const isTrue = async (database: Database, condition: string): Promise<boolean> => {
  const [row] = await database.query<{ holds: boolean }>(`SELECT ${condition} AS holds`);
  return row?.holds === true;
};

/** Whether all changes are messages, or were. */
const isRead = (database: Database) =>
  isTrue(database, `NOT EXISTS (SELECT FROM webhook_state s, feed f WHERE s.position < f.last_number)`);

/** Whether all messages were delivered. */
export const isIdle = async (database: Database): Promise<boolean> =>
  (await isRead(database)) && isTrue(database, `NOT EXISTS (SELECT FROM webhook_message)`);
