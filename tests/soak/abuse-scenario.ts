import { setTimeout as wait } from 'node:timers/promises';

import { formatReport, milliseconds } from '../../bench/table.js';
import { attacks } from '../abuse/attacks.js';
import { type AttackReport, playAttack } from '../abuse/play-attack.js';
import { startAbuseGraph } from '../abuse/start-abuse-graph.js';
import { requestKinds } from '../abuse/well-behaved-client.js';

export interface AbuseOptions {
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

const undisturbedMs = 6_000;
const attackMs = 20_000;
/** The pause after an attack, in which a circuit breaker closes and the gateway collects its garbage. */
const pauseMs = 10_000;

/** Plays every attack at full strength next to a well-behaved client. */
export async function runAbuseScenario({ signal, log }: AbuseOptions): Promise<readonly AttackReport[]> {
  log('starting three countries, Europe and the gateway …');
  const { graph, feed, client, stop } = await startAbuseGraph(signal);
  const reports: AttackReport[] = [];
  try {
    for (const attack of attacks) {
      if (signal.aborted) break;
      log(attack.name);
      reports.push(await playAttack(attack, { graph, feed, client, strength: 1, undisturbedMs, attackMs, signal }));
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    signal.throwIfAborted();
    return reports;
  } finally {
    await stop();
  }
}

/** How much the 95th percentile may grow under attack; a few milliseconds are noise of a machine that attacks itself. */
const allowed = { factor: 2, noiseMs: 5 } as const;

/** What an attack did to the well-behaved client that it must not, one line each. */
export const findDisturbances = (reports: readonly AttackReport[]): string[] =>
  reports.flatMap(({ name, p95, problems }) => [
    ...problems.map((problem) => `${name}: ${problem}`),
    ...requestKinds.flatMap((kind) => {
      const { undisturbed, attacked } = p95[kind];
      if (attacked <= undisturbed * allowed.factor + allowed.noiseMs) return [];
      return [
        `${name}: the p95 of ${kind} requests grew from ${milliseconds(undisturbed)} to ${milliseconds(attacked)}`,
      ];
    }),
  ]);

/** The latencies of the well-behaved client by attack, as a table. */
export const formatAbuseReport = (reports: readonly AttackReport[]): string =>
  formatReport({
    title: 'npm run soak: abuse',
    description: ['The 95th percentile of a well-behaved client’s latencies, before and during each attack'],
    columns: ['attack', 'responses', ...requestKinds],
    rows: reports.map(({ name, responses, p95 }) => [
      name,
      String(responses),
      ...requestKinds.map((kind) => `${milliseconds(p95[kind].undisturbed)} → ${milliseconds(p95[kind].attacked)}`),
    ]),
  });
