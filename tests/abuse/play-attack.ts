import { setTimeout as wait } from 'node:timers/promises';

import { percentile } from '../../bench/statistics.js';
import { createLinkedController } from '../support/linked-controller.js';
import type { ProcessGraph } from '../support/process-graph.js';
import type { Service } from '../support/service-process.js';
import type { FeedRelay } from './feed-relay.js';
import type { Attack } from './attack.js';
import { type RequestKind, requestKinds } from './ordinary-client.js';
import { noObservations, type Observations, type WellBehavedClient } from './well-behaved-client.js';

export interface PlayOptions {
  readonly graph: ProcessGraph;
  readonly portal: Service;
  readonly feed: FeedRelay;
  readonly client: WellBehavedClient;
  readonly strength: number;
  /** How long the client is observed before the attack; 0: not at all. */
  readonly undisturbedMs: number;
  readonly attackMs: number;
  readonly signal: AbortSignal;
}

/** The 95th percentile of the client's latencies in milliseconds, before and during an attack; NaN without responses. */
export interface Disturbance {
  readonly undisturbed: number;
  readonly attacked: number;
}

export interface AttackReport {
  readonly name: string;
  readonly p95: Readonly<Record<RequestKind, Disturbance>>;
  readonly responses: number;
  /** What was wrong with responses to the client, and how the gateway reacted to the attack if it reacted wrongly. */
  readonly problems: readonly string[];
}

const defaultEndMs = 30_000;

/** Plays an attack next to the well-behaved client. */
export async function playAttack(attack: Attack, options: PlayOptions): Promise<AttackReport> {
  const { graph, portal, feed, client, strength, undisturbedMs, signal } = options;
  if (undisturbedMs > 0) await untilRecovered(client, signal);
  const before = undisturbedMs > 0 ? await observeFor(undisturbedMs, client, signal) : noObservations();
  const over = createLinkedController(signal);
  const played = attack.play({ graph, portal, feed, strength, signal: over.signal }).then(
    () => [],
    (error: unknown) => [`the attack: ${String(error)}`],
  );
  const during = await observeAttack(attack, options);
  over.abort();
  const late = wait(attack.endMs ?? defaultEndMs, ['the attack did not end'], { ref: false });
  const problems = await Promise.race([played, late]);
  return {
    name: attack.name,
    p95: Object.fromEntries(
      requestKinds.map((kind) => [
        kind,
        { undisturbed: p95(before.latencies[kind]), attacked: p95(during.flatMap(({ latencies }) => latencies[kind])) },
      ]),
    ) as AttackReport['p95'],
    responses: during.reduce((sum, { latencies }) => sum + requestKinds.flatMap((kind) => latencies[kind]).length, 0),
    problems: [
      ...[before, ...during].flatMap((each) => [...each.problems]).map(([text, times]) => `${times} × ${text}`),
      ...problems,
    ],
  };
}

/** Observes the client during an attack, whose time begins when the countries that do not respond are taken for silent. */
async function observeAttack(
  { silentMs = 0, controls }: Attack,
  { client, undisturbedMs, attackMs, signal }: PlayOptions,
): Promise<readonly Observations[]> {
  // Without a comparison, the wait would only take time.
  if (silentMs === 0 || undisturbedMs === 0) return [await observeFor(attackMs, client, signal, controls)];
  const { latencies, problems } = await observeFor(silentMs, client, signal, controls);
  // A cached response needs no country.
  const cached = { ...noObservations().latencies, cached: latencies.cached };
  return [{ latencies: cached, problems }, await observeFor(attackMs, client, signal, controls)];
}

/** A circuit stays open for some seconds after the attack before has ended. Problems that last longer are observed. */
const recoveryMs = 30_000;

async function untilRecovered(client: WellBehavedClient, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + recoveryMs;
  while (performance.now() < deadline && !signal.aborted)
    if ((await observeFor(500, client, signal)).problems.size === 0) return;
}

/** Observes the client for some time, or until the signal is aborted. */
export async function observeFor(
  ms: number,
  client: WellBehavedClient,
  signal: AbortSignal,
  controlled?: readonly string[],
): Promise<Observations> {
  const over = new AbortController();
  const observed = client.observe(over.signal, controlled);
  await wait(ms, undefined, { signal }).catch(() => undefined);
  over.abort();
  return observed;
}

const p95 = (latencies: readonly number[]): number => (latencies.length === 0 ? NaN : percentile(latencies, 0.95));
