import { openDatabase, runMigrations } from '../../services/kit/database/database.js';
import { createServiceDatabase } from '../../services/kit/testing/databases.js';
import { entities } from '../../services/catalogue/model/entities.js';
import { migrations } from '../../services/catalogue/migrations/migrations.js';
import { createMutationRepository } from '../../services/catalogue/repositories/mutations.js';
import { startReceiver } from '../../services/catalogue/testing/unreliable-receiver.js';
import { playWebhooks } from '../../services/catalogue/testing/webhook-scenario.js';

export interface WebhookOptions {
  /** The number of messages. */
  readonly messages: number;
  readonly seed: number;
  /** Logs the result. */
  readonly log: (text: string) => void;
}

/** As many as a webhook's messages, so that most wait for an earlier one about the same subject. */
const subjects = 500;
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Delivers messages to a receiver that fails in every way, and returns what was lost, out of order or forged. */
export async function runWebhookScenario({ messages, seed, log }: WebhookOptions): Promise<readonly string[]> {
  const { url, drop } = await createServiceDatabase();
  const database = await openDatabase({ url, entities, migrations });
  const receiver = await startReceiver();
  try {
    await runMigrations(database);
    await database.transaction(async (query) => {
      await query(`INSERT INTO webhook VALUES ('dk:webhook:soak', $1, NULL, now())`, [receiver.url]);
      const { addWebhookState, addSecret } = createMutationRepository(query);
      await addWebhookState('dk:webhook:soak');
      await addSecret('soak', 'dk:webhook:soak', secret);
    });
    receiver.secrets = [secret];
    const began = performance.now();
    const problems = await playWebhooks(database, receiver, { messages, subjects: Math.min(subjects, messages), seed });
    const treated = [...receiver.treatments].map(([name, count]) => `${name} ${count}`).join(', ');
    log(`${messages} messages in ${Math.round((performance.now() - began) / 1_000)} s; requests: ${treated}`);
    return problems;
  } finally {
    await receiver.stop();
    await database.close();
    await drop();
  }
}
