/** When messages are tried, and for how long. */
export interface WebhookTiming {
  /** How long a webhook without work waits until it is looked at again. */
  readonly pollMs: number;
  /** How long a process has a message: longer than any attempt takes. */
  readonly leaseMs: number;
  /** How long a message waits after its nth failed attempt. */
  readonly retryMs: (attempts: number) => number;
  /** How long nothing is sent to a receiver after n failures in a row. */
  readonly pauseMs: (failures: number) => number;
  /** How long a message may fail until its webhook is disabled. */
  readonly maxAgeMs: number;
  /** How long attempts are in the log. */
  readonly logMs: number;
}

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** As Standard Webhooks recommends, with further attempts until the webhook is disabled. */
const delaysMs = [5 * seconds, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours] as const;
const maxDelayMs = 14 * hours;
/** Messages that failed together are not tried together again. */
const jitter = 0.2;
/** So many failures in a row may be of single messages; after more, the receiver is down. */
const failuresBeforePause = 10;
const maxPauseMs = 1 * hours;

export const webhookTiming: WebhookTiming = {
  pollMs: 1 * seconds,
  leaseMs: 60 * seconds,
  retryMs: (attempts) => (delaysMs[attempts - 1] ?? maxDelayMs) * (1 + jitter * Math.random()),
  pauseMs: (failures) =>
    failures < failuresBeforePause ? 0 : Math.min(maxPauseMs, seconds * 2 ** (failures - failuresBeforePause)),
  maxAgeMs: 5 * days,
  logMs: 30 * days,
};
