import { Webhook } from 'standardwebhooks';

import type { WebhookMessage } from '../model/webhook-rows.js';

const events = { UPSERT: 'changed', DELETE: 'deleted', RESTART: 'restarted' } as const;

/**
 * Writes a message: an event in the form that Standard Webhooks recommends. It is the same for each attempt. It names what has changed and
 * not how: the receiver reads the current state, which may be newer than the change.
 */
export const writeMessage = (
  { feedId, number, subject, subjectId, kind, at }: WebhookMessage,
  { code }: { readonly code: string },
): string =>
  JSON.stringify({
    type: `${subject.toLowerCase()}.${events[kind]}`,
    timestamp: at,
    data: {
      country: code,
      feedId,
      // The id of the change in the feed.
      change: `${code.toLowerCase()}:change:${feedId}-${number}`,
      sequence: Number(number),
      ...(kind === 'RESTART' ? {} : { kind, subject, subjectId }),
    },
  });

/** The headers of Standard Webhooks, with a signature by each secret that is valid. */
export const signMessage = (
  id: string,
  body: string,
  secrets: readonly string[],
  now = new Date(),
): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'reuse-graph-webhooks',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
});
