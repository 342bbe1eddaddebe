import { setTimeout as wait } from 'node:timers/promises';

import { median } from '../../bench/statistics.js';
import { formatReport, milliseconds } from '../../bench/table.js';
import type { Attack } from '../abuse/attack.js';
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
/** So often an attack is played again during which a limit was exceeded: a second in which the machine does something else is a twentieth of its time. */
const replays = 2;

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
  let reports: AttackReport[] = [];
  try {
    const client = await startClientProcess(endpointsOf({ graph, portal }));
    // The processes that it has started keep their priority.
    lowerPriority();
    try {
      const play = async (attack: Attack): Promise<AttackReport> => {
        const [undisturbedMs, attackMs] = [undisturbedSeconds * 1000, attackSeconds * 1000];
        const field = { graph, portal, feed, client, strength: 1, signal };
        const report = await playAttack(attack, { ...field, undisturbedMs, attackMs });
        await wait(pauseMs, undefined, { signal }).catch(() => undefined);
        signal.throwIfAborted();
        return report;
      };
      await observeFor(warmUpMs, client, signal);
      for (const attack of selected) {
        log(attack.name);
        reports.push(await play(attack));
      }
      const disturbing = findDisturbing(reports);
      for (const attack of selected.filter(({ name }) => disturbing.has(name))) {
        const rounds = reports.filter(({ name }) => name === attack.name);
        while (rounds.length <= replays) {
          log(`${attack.name}: round ${rounds.length + 1} of ${replays + 1}, because a limit was exceeded`);
          rounds.push(await play(attack));
        }
        reports = reports.map((report) => (report.name === attack.name ? toMedian(rounds) : report));
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

/** Of several rounds of one attack. */
export function toMedian(rounds: readonly AttackReport[]): AttackReport {
  const medianOf = (value: (report: AttackReport) => number): number => median(rounds.map(value));
  return {
    name: `${rounds[0]?.name ?? ''} (median of ${rounds.length})`,
    responses: rounds.reduce((sum, { responses }) => sum + responses, 0),
    p95: Object.fromEntries(
      requestKinds.map((kind) => [
        kind,
        {
          undisturbed: medianOf(({ p95 }) => p95[kind].undisturbed),
          attacked: medianOf(({ p95 }) => p95[kind].attacked),
        },
      ]),
    ) as AttackReport['p95'],
    problems: rounds.flatMap(({ problems }) => problems),
  };
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

/** The kinds of requests of which the 95th percentile grew more than it may. */
const exceededKinds = ({ p95 }: AttackReport, reports: readonly AttackReport[]): RequestKind[] =>
  requestKinds.filter((kind) => !isKept(p95[kind].attacked, undisturbedOf(reports, kind)));

/** The names of the attacks during which a limit was exceeded. */
const findDisturbing = (reports: readonly AttackReport[]): ReadonlySet<string> =>
  new Set(reports.flatMap((report) => (exceededKinds(report, reports).length > 0 ? [report.name] : [])));

/** What an attack did to the well-behaved client that it must not, one line each. */
export const findDisturbances = (reports: readonly AttackReport[]): string[] =>
  reports.flatMap((report) => {
    const { name, p95, problems } = report;
    return [
      ...problems.map((problem) => `${name}: ${problem}`),
      ...exceededKinds(report, reports).map((kind) => {
        const [before, during] = [undisturbedOf(reports, kind), p95[kind].attacked].map(milliseconds);
        return `${name}: the p95 of ${kind} requests grew from ${before} to ${during}`;
      }),
    ];
  });

/** The latencies of the well-behaved client by attack and kind of request, as a table. */
export const formatAbuseReport = (reports: readonly AttackReport[]): string =>
  formatReport({
    title: 'npm run soak: abuse',
    description: [
      'The 95th percentile of a well-behaved client’s latencies, before and during each attack.',
      `Limit: ${allowed.factor} times the median of all periods before attacks, and ${allowed.noiseMs} ms.`,
      `An attack that exceeds a limit is played ${replays} times again, and the median of these counts, but a wrong response in any of them.`,
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
