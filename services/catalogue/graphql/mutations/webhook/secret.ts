import { randomBytes, randomUUID } from 'node:crypto';

import type { UnitOfWork } from '../core/unit-of-work.js';

/** As Standard Webhooks recommends: from 24 to 64 bytes. */
const secretBytes = 32;

/** Issues a secret for a webhook, and returns the id by which the response is completed. */
export async function issueSecret({ rows }: UnitOfWork, webhookId: string): Promise<string> {
  const id = randomUUID();
  await rows.addSecret(id, webhookId, `whsec_${randomBytes(secretBytes).toString('base64')}`);
  return id;
}
