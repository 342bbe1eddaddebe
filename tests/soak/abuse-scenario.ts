import { setTimeout as wait } from 'node:timers/promises';

import { median } from '../../bench/statistics.js';
import { formatReport, milliseconds } from '../../bench/table.js';
import { attacks } from '../abuse/attacks.js';
import { startClientProcess } from '../abuse/client-in-process.js';
import { type AttackReport, observeFor, playAttack } from '../abuse/play-attack.js';
import { endpointsOf, startAbuseGraph } from '../abuse/start-abuse-graph.js';
import { type RequestKind, requestKinds } from '../abuse/ordinary-client.js';
import { lowerPriority } from './lower-priority.js';
import type { SoakOptions } from './arguments.js';

export interface AbuseOptions extends Pick<SoakOptions, 'attackSeconds' | 'undisturbedSeconds'> {
  /** Parts of the names of the attacks. None: all. */
  readonly attacks: readonly string[];
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

/** The gateway starts its spare planner thread after ten seconds, and all processes still compile what they execute often. */
const warmUpMs = 20_000;
/** The pause after an attack, in which a circuit breaker closes and the gateway collects its garbage. */
const pauseMs = 10_000;

/**
 * Plays attacks at full strength next to a well-behaved client, which has a process of its own. The attacks are sent by this process,
 * which gets the lowest priority: real attackers have processors of their own, but this one would take the time of those that it attacks.
 */
export async function runAbuseScenario({
  attacks: names,
  attackSeconds,
  undisturbedSeconds,
  signal,
  log,
}: AbuseOptions): Promise<readonly AttackReport[]> {
  const selected = attacks.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
  if (selected.length === 0) throw new Error(`No attack is named like ${names.join(', ')}.`);
  log('starting three countries, Europe, the gateway and a client …');
  const { graph, portal, feed, stop } = await startAbuseGraph(signal, 'whole');
  const reports: AttackReport[] = [];
  try {
    const client = await startClientProcess(endpointsOf({ graph, portal }));
    // The processes that it has started keep their priority.
    lowerPriority();
    try {
      await observeFor(warmUpMs, client, signal);
      for (const attack of selected) {
        if (signal.aborted) break;
        log(attack.name);
        const [undisturbedMs, attackMs] = [undisturbedSeconds * 1000, attackSeconds * 1000];
        reports.push(
          await playAttack(attack, { graph, portal, feed, client, strength: 1, undisturbedMs, attackMs, signal }),
        );
        await wait(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await client.close();
    }
    signal.throwIfAborted();
    return reports;
  } finally {
    await stop();
  }
}

/** How much the 95th percentile may grow under attack; a few milliseconds are noise of a machine that attacks itself. */
const allowed = { factor: 2, noiseMs: 5 } as const;

/**
 * The 95th percentile without attacks: the median of the periods before each of them. They measure the same system; single ones also
 * measure what a machine does now and then, or what the attack before has left to do.
 */
const undisturbedOf = (reports: readonly AttackReport[], kind: RequestKind): number =>
  median(reports.map(({ p95 }) => p95[kind].undisturbed));

const limitOf = (undisturbed: number): number => undisturbed * allowed.factor + allowed.noiseMs;

/** Without responses, nothing was kept. */
const isKept = (attacked: number, undisturbed: number): boolean => attacked <= limitOf(undisturbed);

/** What an attack did to the well-behaved client that it must not, one line each. */
export const findDisturbances = (reports: readonly AttackReport[]): string[] =>
  reports.flatMap(({ name, p95, problems }) => [
    ...problems.map((problem) => `${name}: ${problem}`),
    ...requestKinds.flatMap((kind) => {
      const [{ attacked }, undisturbed] = [p95[kind], undisturbedOf(reports, kind)];
      if (isKept(attacked, undisturbed)) return [];
      return [
        `${name}: the p95 of ${kind} requests grew from ${milliseconds(undisturbed)} to ${milliseconds(attacked)}`,
      ];
    }),
  ]);

/** The latencies of the well-behaved client by attack and kind of request, as a table. */
export const formatAbuseReport = (reports: readonly AttackReport[]): string =>
  formatReport({
    title: 'npm run soak: abuse',
    description: [
      'The 95th percentile of a well-behaved client’s latencies, before and during each attack.',
      `Limit: ${allowed.factor} times the median of all periods before attacks, and ${allowed.noiseMs} ms.`,
    ],
    columns: ['attack', 'requests', 'undisturbed', 'attacked', 'limit', 'verdict'],
    rows: reports.flatMap(({ name, p95 }) =>
      requestKinds.map((kind) => {
        const [{ attacked }, undisturbed] = [p95[kind], undisturbedOf(reports, kind)];
        return [
          name,
          kind,
          milliseconds(p95[kind].undisturbed),
          milliseconds(attacked),
          milliseconds(limitOf(undisturbed)),
          isKept(attacked, undisturbed) ? 'kept' : 'EXCEEDED',
        ];
      }),
    ),
  });
